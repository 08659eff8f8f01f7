import { Worker } from 'node:worker_threads';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { RetrievalFault } from './retrieval.errors.js';
import type { SearchQuery, SearchResult } from './search-passages.js';
import {
  askerOf,
  type ThreadOptions,
  type ThreadReply,
  type ThreadRequest,
} from './search/thread-messages.js';

/** The thread gives up by itself when time is up; one that has not said so by then hangs, and is replaced. */
const GRACE_MS = 1_000;
/** For closing its connections when it is told to stop. */
const CLOSE_MS = 2_000;

interface Waiting {
  readonly resolve: (result: SearchResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Where the thread's code is, and how Node is to run it. */
export interface ThreadEntry {
  readonly url: URL;
  readonly execArgv?: readonly string[];
}

/**
 * Search in a thread of its own, so that scoring never holds up the process that asks. The same promise: RetrievalFault
 * when the passages cannot be known, also when the thread dies; the next search starts another one.
 */
export class SearchThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private closed = false;

  constructor(
    private readonly options: ThreadOptions,
    private readonly clock: Clock,
    private readonly entry: ThreadEntry = beside(import.meta.url),
  ) {}

  /** Starts the thread before the first search, which would otherwise wait for it. */
  start(): void {
    if (!this.closed) this.worker ??= this.launch();
  }

  async run(ctx: CallContext, query: SearchQuery): Promise<SearchResult> {
    ctx.signal.throwIfAborted();
    const began = this.clock.monotonic();
    const timeoutMs = Math.min(this.options.timeoutMs, ctx.deadline - this.clock.monotonic());
    if (timeoutMs <= 0) throw new RetrievalFault(new Error('the deadline has passed'));
    const result = await this.ask(ctx, query, timeoutMs);
    return { ...result, took: this.clock.monotonic() - began };
  }

  /** Searches that are still running fail. */
  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    this.failAll(new Error('the search is closed'));
    if (!worker) return;
    const exited = new Promise<void>((done) => worker.once('exit', () => done()));
    worker.postMessage({ kind: 'close' } satisfies ThreadRequest);
    const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
    await exited.finally(() => clearTimeout(timer));
  }

  private ask(ctx: CallContext, query: SearchQuery, timeoutMs: number): Promise<SearchResult> {
    if (this.closed) return Promise.reject(new RetrievalFault(new Error('the search is closed')));
    const worker = (this.worker ??= this.launch());
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        ctx.signal.removeEventListener('abort', onAbort);
        this.waiting.delete(id);
        act();
      };
      const onAbort = (): void => {
        worker.postMessage({ kind: 'cancel', id } satisfies ThreadRequest);
        settle(() => reject(ctx.signal.reason));
      };
      // After a pause of this process the answer may be there already, to be read after the timers.
      const timer = setTimeout(
        () => setImmediate(() => this.waiting.has(id) && this.replace(worker, timeoutMs)),
        timeoutMs + GRACE_MS,
      );
      ctx.signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.set(id, {
        resolve: (result) => settle(() => resolve(result)),
        reject: (error) => settle(() => reject(error)),
      });
      const { text, k, collectionIds, context } = query;
      const sent = {
        text,
        k,
        ...(collectionIds ? { collectionIds: [...collectionIds] } : {}),
        ...(context === undefined ? {} : { context }),
      };
      worker.postMessage({
        kind: 'search',
        id,
        asker: askerOf(ctx),
        query: sent,
        timeoutMs,
      } satisfies ThreadRequest);
    });
  }

  private launch(): Worker {
    const { url, execArgv } = this.entry;
    const worker = new Worker(url, {
      workerData: this.options,
      env: {},
      ...(execArgv ? { execArgv: [...execArgv] } : {}),
    });
    // A process that ends otherwise does not wait for its searches.
    worker.unref();
    worker.on('message', (reply: ThreadReply) => this.take(reply));
    worker.on('error', (error) => this.lose(worker, error));
    worker.on('exit', () => this.lose(worker, new Error('the search thread has ended')));
    return worker;
  }

  private take(reply: ThreadReply): void {
    if (reply.kind === 'found') this.waiting.get(reply.id)?.resolve(reply.result);
    else if (reply.kind === 'failed')
      this.waiting.get(reply.id)?.reject(new RetrievalFault(new Error(reply.reason)));
  }

  /** A thread that hangs is worth nothing to the other searches either. */
  private replace(worker: Worker, timeoutMs: number): void {
    this.lose(worker, new Error(`the search thread did not answer within ${timeoutMs} ms`));
    void worker.terminate();
  }

  private lose(worker: Worker, cause: unknown): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.failAll(cause);
  }

  private failAll(cause: unknown): void {
    for (const { reject } of [...this.waiting.values()]) reject(new RetrievalFault(cause));
  }
}

/** The entry beside this file, run as this process runs: built, or from sources. */
function beside(here: string): ThreadEntry {
  return { url: new URL(`./search/search-thread-entry${here.endsWith('.ts') ? '.ts' : '.js'}`, here) };
}
