import { Fault } from '@lorekeep/kit/errors';
import type { Usage } from './driver.js';

/** Seconds after which a server that is away is asked for again: one that crashed is back by then. */
const RETRY_SECONDS = 5;

/** Code to status, to the text that a caller may see, and to the seconds after which trying again makes sense. */
const FAULTS = {
  INFERENCE_UNREACHABLE: [503, 'The model server cannot be reached.', RETRY_SECONDS],
  INFERENCE_BUSY: [503, 'The model server is busy; please try again in a moment.', RETRY_SECONDS],
  INFERENCE_TOO_LONG: [400, 'The question with its history and documents is too long for the model.'],
  INFERENCE_REJECTED: [502, 'The model server did not accept the request.'],
  INFERENCE_OPTIONS_REFUSED: [
    400,
    'The model server did not accept the tools, or the form of the answer, that this request asks for.',
  ],
  INFERENCE_UNAUTHORIZED: [
    503,
    'The model server cannot be used at the moment; its operators have been told.',
  ],
  INFERENCE_MODEL_MISSING: [502, 'The model server does not have this model.'],
  INFERENCE_UNSUPPORTED: [404, 'This model does not offer that; see the list of models for one that does.'],
  INFERENCE_AUDIO_REFUSED: [
    400,
    'The speech model did not take this recording: it may be damaged or too long, or its language unknown to the model.',
  ],
  INFERENCE_FIRST_TOKEN_TIMEOUT: [504, 'The model did not begin to answer in time.'],
  INFERENCE_STALLED: [504, 'The model stopped in the middle of its answer.'],
  INFERENCE_TIMEOUT: [504, 'The answer took too long.'],
  INFERENCE_FAILED: [502, 'The model server failed.', RETRY_SECONDS],
  INFERENCE_BROKEN: [502, 'The connection to the model server broke off; the answer is incomplete.'],
  INFERENCE_ABORTED: [502, 'The model server ended the answer early; it is incomplete.'],
  INFERENCE_EMPTY: [502, 'The model ended without an answer.'],
  INFERENCE_CANCELLED: [499, 'The question was cancelled.'],
} as const satisfies Record<string, readonly [number, string, number?]>;

export type InferenceCode = keyof typeof FAULTS;

/** Codes after which another driver or replica may be tried, provided that nothing was released yet. */
export const INFERENCE_AWAY: ReadonlySet<InferenceCode> = new Set<InferenceCode>([
  'INFERENCE_UNREACHABLE',
  'INFERENCE_BUSY',
  'INFERENCE_UNAUTHORIZED',
  'INFERENCE_MODEL_MISSING',
  'INFERENCE_UNSUPPORTED',
  'INFERENCE_FIRST_TOKEN_TIMEOUT',
  'INFERENCE_FAILED',
]);

/** An answer that did not come, or not to its end. `cause` never holds what the upstream said: it echoes the prompt. */
export class InferenceFault extends Fault<InferenceCode> {
  /** What had been used up by then, where anything was. */
  usage: Usage | undefined;

  constructor(code: InferenceCode, options: { cause?: unknown; retryAfter?: number | undefined } = {}) {
    const [status, text, retryAfter]: readonly [number, string, number?] = FAULTS[code];
    super(code, text, { retryAfter, ...options, status, step: 'inference' });
    this.name = 'InferenceFault';
  }
}
