import type { Step } from './refusal.js';

export { Refusal, isRefusal, STEPS, type Step, type RefusalBody } from './refusal.js';

/**
 * Something that should not have happened. The caller gets `code`, `safeText` and the trace id;
 * the log gets `cause`. Every domain closes its own list of codes.
 */
export class Fault<Code extends string = string> extends Error {
  readonly step: Step | undefined;

  constructor(
    /** Closed per domain, upper case with the domain's prefix, e.g. `SCANNER_UNAVAILABLE`. */
    readonly code: Code,
    /** Text that may be shown to the caller: no input, no upstream message, no identifier of others. */
    readonly safeText: string,
    options: { cause?: unknown; status?: number; step?: Step; retryAfter?: number | undefined } = {},
  ) {
    super(`${code}: ${safeText}`, { cause: options.cause });
    this.name = 'Fault';
    this.status = options.status ?? 500;
    this.step = options.step;
    this.retryAfter = options.retryAfter;
  }

  /** HTTP status that the fault maps to. */
  readonly status: number;

  /** Seconds until it may work again, where that is known. */
  readonly retryAfter: number | undefined;
}

/** The caller asked for something malformed, missing or not allowed. Shown as is. */
export class RequestError extends Fault {
  constructor(
    status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429,
    code: string,
    safeText: string,
    /** Where in the request: `[{ path: 'messages.0.role', message: 'required' }]`. */
    readonly details: { path: string; message: string }[] = [],
  ) {
    super(code, safeText, { status });
    this.name = 'RequestError';
  }
}
