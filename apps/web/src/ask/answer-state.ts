import type {
  AskEvent,
  Citation,
  GroundednessMark,
  Outcome,
  Problem,
  RefusalEvent,
  Step,
} from '@lorekeep/contracts';

/**
 * sending → running → done. `lost`: the connection broke; what has come stays. `cancelled`: the person stopped it.
 */
export type AnswerPhase = 'sending' | 'running' | 'done' | 'lost' | 'cancelled';

export interface StepDone {
  step: Step;
  state: 'done' | 'skipped';
  milliseconds: number;
  facts?: Record<string, string | number | boolean | null> | undefined;
}

/** What is known of one answer: live while it streams, or as it was stored. */
export interface Answer {
  phase: AnswerPhase;
  reference: string | null;
  messageId: string | null;
  conversationId: string | null;
  steps: readonly StepDone[];
  citations: readonly Citation[];
  text: string;
  /** Nothing was found: the question as it may have been meant. */
  suggestion: string | null;
  reasoning: string;
  /** Its place in the line for the model, and seconds until its turn; null while it does not wait. */
  waiting: { position: number; seconds: number } | null;
  /** What did not fit the model. */
  shortened: { turns: number; passages: number } | null;
  /** Sentences that their sources do not support. */
  marks: readonly GroundednessMark[];
  /** A forbidden text ended the answer. */
  stopped: boolean;
  model: string | null;
  driver: string | null;
  refusal: Partial<RefusalEvent> | null;
  problem: Problem | null;
  outcome: Outcome | null;
  tokens: number | null;
  tokensEstimated: boolean;
  seconds: number | null;
  rating: 'good' | 'bad' | null;
  /** When it ended, in milliseconds: a quota counts down from here. */
  endedAt: number | null;
}

export const EMPTY_ANSWER: Answer = {
  phase: 'sending',
  reference: null,
  messageId: null,
  conversationId: null,
  steps: [],
  citations: [],
  text: '',
  suggestion: null,
  reasoning: '',
  waiting: null,
  shortened: null,
  marks: [],
  stopped: false,
  model: null,
  driver: null,
  refusal: null,
  problem: null,
  outcome: null,
  tokens: null,
  tokensEstimated: false,
  seconds: null,
  rating: null,
  endedAt: null,
};

/** The answer after one more event. `now` in milliseconds. */
export function applyEvent(answer: Answer, event: AskEvent, now: number): Answer {
  switch (event.kind) {
    case 'accepted':
      return {
        ...answer,
        phase: 'running',
        reference: event.reference,
        conversationId: event.conversationId,
        messageId: event.messageId ?? answer.messageId,
      };
    case 'step':
      return { ...answer, phase: 'running', steps: [...answer.steps, stepOf(event)] };
    case 'model':
      return { ...answer, model: event.model, driver: event.driver, waiting: null };
    case 'waiting':
      return { ...answer, waiting: { position: event.position, seconds: event.seconds } };
    case 'shortened':
      return { ...answer, shortened: { turns: event.turns, passages: event.passages } };
    case 'citations':
      return { ...answer, citations: mergeCitations(answer.citations, event.citations) };
    case 'suggestion':
      return { ...answer, suggestion: event.text };
    case 'text':
      return event.channel === 'reasoning'
        ? { ...answer, reasoning: answer.reasoning + event.text }
        : { ...answer, text: answer.text + event.text };
    case 'withheld':
      return { ...answer, stopped: answer.stopped || event.action === 'stop' };
    case 'groundedness': {
      const { start, end, reason, withheld } = event;
      return { ...answer, marks: [...answer.marks, { start, end, reason, withheld }] };
    }
    case 'refusal':
      return { ...answer, refusal: event.refusal, endedAt: now };
    case 'end':
      return {
        ...answer,
        phase: 'done',
        outcome: event.outcome,
        messageId: event.messageId ?? answer.messageId,
        tokens: event.usage.promptTokens + event.usage.completionTokens,
        tokensEstimated: event.usage.estimated,
        seconds: event.seconds,
        endedAt: now,
      };
    case 'error':
      return { ...answer, phase: 'done', outcome: 'failed', problem: event.error, endedAt: now };
  }
}

function stepOf(event: Extract<AskEvent, { kind: 'step' }>): StepDone {
  return { step: event.step, state: event.state, milliseconds: event.milliseconds, facts: event.facts };
}

function mergeCitations(known: readonly Citation[], more: readonly Citation[]): readonly Citation[] {
  const byNumber = new Map(known.map((citation) => [citation.number, citation]));
  for (const citation of more) byNumber.set(citation.number, citation);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** How many secrets the firewall took out of the question before the model saw it. */
export function takenOut(answer: Answer): number {
  const count = answer.steps.find((step) => step.step === 'firewall')?.facts?.['redactions'];
  return typeof count === 'number' ? count : 0;
}

/** How many passages were left out because of words in them that stop an answer. */
export function leftOut(answer: Answer): number {
  const count = answer.steps.find((step) => step.step === 'retrieval')?.facts?.['leftOut'];
  return typeof count === 'number' ? count : 0;
}

export const isLive = (answer: Answer) => answer.phase === 'sending' || answer.phase === 'running';
