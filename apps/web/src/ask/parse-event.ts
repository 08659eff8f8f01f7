import type { AskEvent } from '@lorekeep/contracts';
import type { ServerEvent } from '../kit/read-events.js';

const KINDS: ReadonlySet<string> = new Set<AskEvent['kind']>([
  'accepted',
  'step',
  'model',
  'waiting',
  'shortened',
  'citations',
  'suggestion',
  'text',
  'withheld',
  'groundedness',
  'refusal',
  'end',
  'error',
]);

/** An event of `POST /api/ask`; null for kinds that this page does not know (a newer gateway) and for no JSON. */
export function parseEvent({ event, data }: ServerEvent): AskEvent | null {
  if (!KINDS.has(event)) return null;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null) return null;
    return { ...value, kind: event } as AskEvent;
  } catch {
    return null;
  }
}
