import type { CallContext } from '@lorekeep/kit/context';
import type { PathEvent } from '@lorekeep/question-path';
import type { AskEvent } from '@lorekeep/contracts';
import type { EventStream } from '../../edge/event-stream.js';
import { problemOf } from '../../edge/problem.filter.js';
import { AnswerLog } from './answer-log.js';
import { refusalEvent, toAskEvent } from './to-ask-event.js';

/** Where a question and its answer are kept: a conversation, or a draft. */
export interface Keeper {
  /** Stores the question as the firewall has passed it; the ids go to the page with the first event. */
  accepted(question: string): Promise<{ conversationId: string | null; messageId: string | null }>;
  /** Stores what was released, in every outcome. */
  ended(log: AnswerLog): Promise<string | null>;
}

/**
 * Streams one answer as the page's events, and keeps it. Before the first event a fault is an HTTP error; after it,
 * an `error` event. A caller who goes away ends the question; what had come is kept as cancelled.
 */
export async function streamAnswer(
  ctx: CallContext,
  path: AsyncIterable<PathEvent>,
  stream: EventStream,
  keeper: Keeper,
): Promise<void> {
  const log = new AnswerLog();
  let accepted = false;
  let kept = false;
  const keep = () => {
    kept = true;
    return keeper.ended(log);
  };
  try {
    for await (const event of path) {
      log.take(event);
      if (event.kind === 'accepted') {
        const ids = await keeper.accepted(event.question);
        accepted = true;
        await send(stream, { kind: 'accepted', reference: event.reference, ...ids });
      } else if (event.kind === 'refusal') {
        log.refusal = refusalEvent(event.refusal, ctx.traceId);
        await send(stream, { kind: 'refusal', refusal: log.refusal });
      } else if (event.kind === 'end') {
        await send(stream, endOf(event, await keep()));
      } else {
        const out = toAskEvent(event, ctx.traceId);
        if (out) await send(stream, out);
      }
      ctx.signal.throwIfAborted();
    }
  } catch (error) {
    log.outcome = ctx.signal.aborted ? 'cancelled' : 'failed';
    if (!stream.open) throw error;
    await send(stream, { kind: 'error', error: problemOf(error, ctx.traceId) });
  } finally {
    log.outcome ??= 'cancelled';
    // It has failed or was left already, and that was told; that it cannot be kept either says nothing new.
    if (accepted && !kept) await keep().catch(() => undefined);
    stream.end();
  }
}

function endOf(event: Extract<PathEvent, { kind: 'end' }>, messageId: string | null): AskEvent {
  const finishReason =
    event.outcome === 'stopped' ? 'content_filter' : event.outcome === 'answered' ? 'stop' : null;
  return {
    kind: 'end',
    outcome: event.outcome,
    finishReason,
    usage: event.usage,
    seconds: event.seconds,
    messageId,
  };
}

function send(stream: EventStream, { kind, ...data }: AskEvent): Promise<void> | undefined {
  return stream.event(kind, data);
}
