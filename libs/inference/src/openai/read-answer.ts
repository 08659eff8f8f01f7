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

/** The events of an answer that comes as server-sent events, as they come, to `[DONE]` or its end. */
export class EventSteps {
  private readonly lines = new EventReader();
  private fault: InferenceFault | undefined;
  private isDone = false;

  constructor(
    private readonly call: UpstreamCall,
    private readonly reader: PieceReader,
  ) {}

  /** Those that came together, maybe none; null at the end. What stands before a fault is still said. @throws InferenceFault */
  next(): Promise<AnswerEvent[] | null> {
    if (this.fault) return Promise.reject(this.fault);
    if (!this.isDone) return this.call.next().then(this.took);
    // Anything after [DONE] is not waited for; an answer that was not complete by then is refused by its reader.
    this.call.finish();
    return Promise.resolve(null);
  }

  private readonly took = (bytes: Buffer | null): AnswerEvent[] | null => {
    if (!bytes) return null;
    const { events, said, done, fault } = readAll(bytes, this.lines, this.reader);
    if (this.reader.spoke && said) this.call.speaking();
    this.fault = fault;
    this.isDone = done;
    return events;
  };
}

/** @throws InferenceFault */
export async function* streamed(
  call: UpstreamCall,
  reader: PieceReader,
): AsyncGenerator<AnswerEvent, void, void> {
  const steps = new EventSteps(call, reader);
  for (let events = await steps.next(); events; events = await steps.next())
    for (const event of events) yield event;
}

function readAll(
  bytes: Buffer,
  lines: EventReader,
  reader: PieceReader,
): { events: AnswerEvent[]; said: boolean; done: boolean; fault?: InferenceFault } {
  const events: AnswerEvent[] = [];
  let said = false;
  try {
    for (const data of lines.push(bytes)) {
      // Comments that keep a connection open are no word of the model.
      said = true;
      if (data === '[DONE]') return { events, said, done: true };
      for (const event of reader.read(data)) append(events, event);
    }
    return { events, said, done: false };
  } catch (error) {
    const fault =
      error instanceof InferenceFault ? error : new InferenceFault('INFERENCE_BROKEN', { cause: error });
    return { events, said, done: false, fault };
  }
}
