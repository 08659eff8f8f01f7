import type { Dispatcher } from 'undici';
import type { Clock } from '@lorekeep/kit/clock';
import { InferenceFault, type InferenceCode } from '../inference.errors.js';

/** Milliseconds, from the start of the call. */
export interface Deadlines {
  readonly firstToken: number;
  readonly betweenTokens: number;
  /** The configured whole, or what is left until the caller's own deadline. */
  readonly total: number;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

/** Bytes that may wait for a slow reader before the connection is paused. */
const QUEUE_LIMIT = 256 * 1024;
/** Between [DONE] and the end of the response. */
const FINISH_LIMIT_MS = 1_000;

/**
 * One request to the model server. Its bytes are read with `next`; it ends by itself when a deadline passes or the
 * caller goes away, closing the connection, which is what makes vLLM stop generating.
 */
export class UpstreamCall implements Dispatcher.DispatchHandler {
  /** 0 until the headers have come. */
  status = 0;

  private readonly started: number;
  private progressAt = 0;
  private sawToken = false;
  private timer: NodeJS.Timeout | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private readonly queue: Buffer[] = [];
  private queued = 0;
  private ended = false;
  private finished = false;
  private failure: InferenceFault | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly deadlines: Deadlines,
    private readonly signal: AbortSignal,
  ) {
    this.started = clock.monotonic();
  }

  /** Sends the request. */
  send(dispatcher: Dispatcher, call: Call): void {
    if (this.signal.aborted) return this.fail(this.reasonOfAbort());
    this.signal.addEventListener('abort', this.onAbort);
    this.watch();
    dispatcher.dispatch(
      {
        method: call.method,
        path: call.path,
        headers: call.headers,
        body: call.body,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      this,
    );
  }

  /** The next bytes, or null at the end. Without a frame of its own: it is asked for every token. @throws InferenceFault */
  next(): Promise<Buffer | null> {
    if (this.queue.length === 0 && !this.ended && !this.failure)
      return new Promise<void>((resolve) => (this.wake = resolve)).then(this.more);
    try {
      return Promise.resolve(this.take());
    } catch (error) {
      return Promise.reject(error);
    }
  }

  private readonly more = (): Promise<Buffer | null> | Buffer | null => {
    const came = this.queue.length > 0 || this.ended || this.failure;
    return came ? this.take() : this.next();
  };

  private take(): Buffer | null {
    // What came before the connection broke is still good; after a cancellation or a deadline nobody wants it.
    const drained = this.queue.length === 0;
    if (this.failure && (drained || this.failure.code !== 'INFERENCE_BROKEN')) throw this.failure;
    if (drained) return null;
    const [only] = this.queue;
    const bytes = only && this.queue.length === 1 ? only : Buffer.concat(this.queue);
    this.queue.length = 0;
    if (this.queued > QUEUE_LIMIT) this.controller?.resume();
    this.queued = 0;
    return bytes;
  }

  /** Waits for the headers. @throws InferenceFault */
  async headers(): Promise<number> {
    while (this.status === 0 && !this.failure) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.failure) throw this.failure;
    return this.status;
  }

  /** The model has said something: from now on the deadline between tokens counts, each time anew. */
  speaking(): void {
    this.progressAt = this.clock.monotonic();
    if (this.sawToken) return;
    this.sawToken = true;
    // The timer still waits for the first token, which may be far later than the silence allowed from now on.
    clearTimeout(this.timer);
    this.watch();
  }

  /** The answer is complete: what little may follow is read and dropped, so that the connection can be used again. */
  finish(): void {
    if (this.ended || this.failure) return;
    clearTimeout(this.timer);
    this.finished = true;
    this.queue.length = 0;
    this.timer = setTimeout(() => this.abandon(), FINISH_LIMIT_MS);
    this.timer.unref();
  }

  /** Ends the call, whatever its state; the connection is closed unless the answer is complete. */
  close(): void {
    this.signal.removeEventListener('abort', this.onAbort);
    if (!this.finished) this.abandon();
  }

  private abandon(): void {
    clearTimeout(this.timer);
    if (this.ended) return;
    this.ended = true;
    this.controller?.abort(new Error('closed'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.ended || this.failure) controller.abort(new Error('closed'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status;
    this.wakeUp();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.finished) return;
    this.queue.push(chunk);
    this.queued += chunk.length;
    if (this.queued > QUEUE_LIMIT) controller.pause();
    this.wakeUp();
  }

  onResponseEnd(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.wakeUp();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.ended || this.failure) return;
    this.fail(
      new InferenceFault(this.status === 0 ? 'INFERENCE_UNREACHABLE' : 'INFERENCE_BROKEN', { cause: error }),
    );
  }

  private readonly onAbort = (): void => this.fail(this.reasonOfAbort());

  /** The caller's signal also ends when the caller's deadline passes. */
  private reasonOfAbort(): InferenceFault {
    const { reason } = this.signal as { reason: unknown };
    const late = reason instanceof Error && reason.name === 'TimeoutError';
    return new InferenceFault(late ? 'INFERENCE_TIMEOUT' : 'INFERENCE_CANCELLED');
  }

  private fail(fault: InferenceFault): void {
    if (this.failure || this.ended) return;
    this.failure = fault;
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.onAbort);
    this.controller?.abort(fault);
    this.wakeUp();
  }

  private wakeUp(): void {
    const wake = this.wake;
    this.wake = undefined;
    wake?.();
  }

  /** One timer for all deadlines: re-armed when it fires early, never per token. */
  private watch(): void {
    // Bytes that wait for a slow reader are no silence of the model.
    if (this.queue.length > 0) this.progressAt = this.clock.monotonic();
    const now = this.clock.monotonic() - this.started;
    const [due, code] = this.nextDeadline();
    if (now >= due) return this.fail(new InferenceFault(code));
    this.timer = setTimeout(() => this.watch(), Math.ceil(due - now));
    this.timer.unref();
  }

  private nextDeadline(): [number, InferenceCode] {
    const { firstToken, betweenTokens, total } = this.deadlines;
    const [due, code]: [number, InferenceCode] = this.sawToken
      ? [this.progressAt - this.started + betweenTokens, 'INFERENCE_STALLED']
      : [firstToken, 'INFERENCE_FIRST_TOKEN_TIMEOUT'];
    return due < total ? [due, code] : [total, 'INFERENCE_TIMEOUT'];
  }
}
