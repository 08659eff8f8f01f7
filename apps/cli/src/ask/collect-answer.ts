import type { AskEvent, Citation, GroundednessMark } from '@lorekeep/contracts';

/** What an answer has come to so far. */
export interface Answer {
  text: string;
  citations: Citation[];
  /** Where nothing was found: the question with words that documents have. */
  suggestion: string | null;
  reference: string | null;
  model: string | null;
  driver: string | null;
  outcome: string | null;
  refusal: { code: string; text: string; retryAfter?: number } | null;
  error: { code: string; detail: string } | null;
  /** Secrets that the firewall took out of the question. */
  redactions: number;
  /** Passages that were found and not used, for words that stop an answer. */
  leftOut: number;
  /** What did not fit the model and was left out. */
  shortened: { turns: number; passages: number } | null;
  /** Sentences that their source does not support, marked or withheld. */
  unsupported: GroundednessMark[];
  usage: { promptTokens: number; completionTokens: number; estimated: boolean } | null;
  seconds: number | null;
}

export function emptyAnswer(): Answer {
  return {
    text: '',
    citations: [],
    suggestion: null,
    reference: null,
    model: null,
    driver: null,
    outcome: null,
    refusal: null,
    error: null,
    redactions: 0,
    leftOut: 0,
    shortened: null,
    unsupported: [],
    usage: null,
    seconds: null,
  };
}

/** Adds one event to `answer`. Reasoning is not part of it. */
export function addEvent(answer: Answer, event: AskEvent): void {
  switch (event.kind) {
    case 'accepted':
      answer.reference = event.reference;
      break;
    case 'model':
      answer.model = event.model;
      answer.driver = event.driver;
      break;
    case 'citations':
      answer.citations = event.citations;
      break;
    case 'suggestion':
      answer.suggestion = event.text;
      break;
    case 'text':
      if (event.channel === 'content') answer.text += event.text;
      break;
    case 'refusal':
      answer.refusal = {
        code: event.refusal.code,
        text: event.refusal.text,
        ...(event.refusal.retryAfter === undefined ? {} : { retryAfter: event.refusal.retryAfter }),
      };
      break;
    case 'end':
      answer.outcome = event.outcome;
      answer.usage = event.usage;
      answer.seconds = Math.round(event.seconds * 1000) / 1000;
      break;
    case 'error':
      answer.error = { code: event.error.code, detail: event.error.detail ?? event.error.title };
      break;
    case 'step':
      if (event.step === 'firewall') answer.redactions = numberOf(event.facts?.['redactions']);
      if (event.step === 'retrieval') answer.leftOut = numberOf(event.facts?.['leftOut']);
      break;
    case 'shortened':
      answer.shortened = { turns: event.turns, passages: event.passages };
      break;
    case 'groundedness': {
      const { start, end, reason, withheld } = event;
      answer.unsupported.push({ start, end, reason, withheld });
      break;
    }
    case 'waiting':
    case 'withheld':
      break;
  }
}

function numberOf(fact: unknown): number {
  return typeof fact === 'number' ? fact : 0;
}

/** The citations whose number stands in the text, in order. */
export function citedIn(answer: Answer): Citation[] {
  const numbers = new Set([...answer.text.matchAll(/\[(\d{1,4})\]/g)].map((match) => Number(match[1])));
  return answer.citations.filter((citation) => numbers.has(citation.number));
}
