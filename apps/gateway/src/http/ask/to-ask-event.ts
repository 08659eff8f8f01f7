import type { AskEvent, RefusalEvent } from '@lorekeep/contracts';
import type { Refusal } from '@lorekeep/kit/errors';
import type { PathEvent } from '@lorekeep/question-path';

/** The path's events as the page reads them; `accepted`, `refusal` and `end` need more than the path knows. */
export function toAskEvent(event: PathEvent, reference: string): AskEvent | null {
  switch (event.kind) {
    case 'step':
    case 'citations':
    case 'waiting':
    case 'shortened':
      return event;
    case 'suggestion':
      return { kind: 'suggestion', text: event.text };
    case 'model':
      return {
        kind: 'model',
        model: event.model,
        driver: event.driver === 'extractive' ? 'extractive' : 'openai-compatible',
      };
    case 'text':
      return event.channel === 'tool'
        ? null
        : { kind: 'text', text: event.given ?? event.text, channel: event.channel };
    case 'groundedness':
      return { kind: 'groundedness', ...event.shown, reason: event.reason, withheld: event.withheld };
    case 'withheld':
      return { kind: 'withheld', reference, action: event.action };
    default:
      return null;
  }
}

export function refusalEvent(refusal: Refusal, reference: string): RefusalEvent {
  const { step, code, text, status, retryAfter, facts } = refusal;
  return {
    step,
    code,
    text,
    status,
    detail: text,
    reference,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(facts === undefined ? {} : { facts }),
  };
}
