/** Why a request brought no answer. Closed, so that a table can count each kind. */
export const FAILURES = [
  'connection', // refused, reset, unknown host, TLS
  'timeout',
  'unauthorized', // 401, 403
  'not-found', // 404
  'too-many', // 429
  'busy', // 503
  'bad-request', // other 4xx
  'server-error', // other 5xx
  'error-event', // an error inside of the stream
  'aborted', // finish_reason abort
  'withheld', // finish_reason content_filter
  'cut', // the stream ended before its end was said
  'garbage', // not JSON, or no stream
  'no-tokens',
] as const;
export type Failure = (typeof FAILURES)[number];

/** One request as the client saw it. Times are milliseconds of one monotonic clock. */
export interface AnswerRecord {
  /** Before the first byte of the request was written. */
  readonly sentAt: number;
  /** Chunks with text of any channel, or a tool call, as they arrived. */
  readonly chunkTimes: readonly number[];
  /** The first chunk with text of the answer itself, not of the reasoning. */
  readonly contentAt: number | undefined;
  /** The last chunk with a choice: the last token or the finish reason. */
  readonly lastAt: number;
  /** The stream's own end, all of it received. */
  readonly closedAt: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** False where the server gave no usage: then each chunk counts as one token. */
  readonly counted: boolean;
  readonly finish: string | undefined;
  readonly failure: Failure | undefined;
  /** What the server or the system said, shortened; only with a failure. */
  readonly detail: string | undefined;
  /** Text of the answer, kept only where it is asked for (tasks). */
  readonly text: string;
}
