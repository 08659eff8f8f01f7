import type { AnswerEvent } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import { append } from './answer-reader.js';
import { EventReader } from './event-reader.js';
import type { UpstreamCall } from './upstream-call.js';

/** What makes events of the pieces of an answer. */
export interface PieceReader {
  /** True once the model has said anything. */
  readonly spoke: boolean;
  /** @throws InferenceFault for an error object or garbage */
  read(data: string): AnswerEvent[];
}

/** The events of an answer that comes as server-sent events, to `[DONE]` or its end. @throws InferenceFault */
export async function* streamed(
  call: UpstreamCall,
  reader: PieceReader,
): AsyncGenerator<AnswerEvent, void, void> {
  const events = new EventReader();
  for (let bytes = await call.next(); bytes; bytes = await call.next()) {
    const read = readAll(bytes, events, reader);
    if (reader.spoke) call.speaking();
    // One by one: delegating to a list makes promises of its events.
    for (const event of read.events) yield event;
    if (read.fault) throw read.fault;
    // Anything after [DONE] is not waited for; an answer that was not complete by then is refused by its reader.
    if (read.done) return call.finish();
  }
}

/** What stands before a fault in the same bytes is still said. */
function readAll(
  bytes: Buffer,
  lines: EventReader,
  reader: PieceReader,
): { events: AnswerEvent[]; done: boolean; fault?: InferenceFault } {
  const events: AnswerEvent[] = [];
  try {
    for (const data of lines.push(bytes)) {
      if (data === '[DONE]') return { events, done: true };
      for (const event of reader.read(data)) append(events, event);
    }
    return { events, done: false };
  } catch (error) {
    const fault =
      error instanceof InferenceFault ? error : new InferenceFault('INFERENCE_BROKEN', { cause: error });
    return { events, done: false, fault };
  }
}
