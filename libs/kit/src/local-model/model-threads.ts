import { Worker } from 'node:worker_threads';
import type { ModelText, ThreadOptions, ThreadReply, ThreadRequest } from './thread-messages.js';

/** Texts that wait for a thread; beyond them there is no answer, at once. */
export const WAITING_MAX = 64;
/** A thread that works on one text for so long hangs, however slow the machine: another one takes its place. */
export const STALL_MS = 10_000;
/** A model that cannot be opened may be put right: tried again after this time. */
export const REOPEN_MS = 60_000;

/** How it stands with a model that somebody asks. */
export interface ModelState {
  readonly state: 'loading' | 'ready' | 'failed';
  /** Why it failed: a sentence for administrators, without paths. */
  readonly reason: string | null;
  /** The whole of it, for the log. */
  readonly detail: string | null;
}

/** Where the thread's code is, and how Node is to run it. */
export interface ThreadEntry {
  readonly url: URL;
  readonly execArgv?: readonly string[];
}

export interface ModelThreadsOptions extends ThreadOptions {
  readonly threads: number;
  readonly onState?: (state: ModelState) => void;
  /** Where the thread's code is; another one in specs. */
  readonly entry?: ThreadEntry;
  readonly stallMs?: number;
  readonly reopenMs?: number;
}

interface Job {
  readonly id: number;
  readonly text: ModelText;
  /** null: no answer. */
  readonly settle: (share: number | null) => void;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  job: Job | undefined;
  stall: NodeJS.Timeout | undefined;
}

/** Threads that hold a model each. Whoever asks gets an answer in time or none; what hangs or dies is replaced. */
export class ModelThreads {
  private threads: Thread[] = [];
  private readonly waiting: Job[] = [];
  private readonly reopening = new Set<NodeJS.Timeout>();
  private current: ModelState = { state: 'loading', reason: null, detail: null };
  private closed = false;
  private nextId = 1;

  constructor(private readonly options: ModelThreadsOptions) {
    for (let count = 0; count < options.threads; count++) this.launch();
  }

  get state(): ModelState {
    return this.current;
  }

  /** Share of the wanted labels, 0 to 1; null where there is no answer within the time, whatever the reason. */
  classify(text: ModelText, timeoutMs: number): Promise<number | null> {
    if (this.closed || this.current.state === 'failed' || this.waiting.length >= WAITING_MAX)
      return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => job.settle(null), timeoutMs);
      const job: Job = {
        id: this.nextId++,
        text,
        settle: (share) => {
          clearTimeout(timer);
          const at = this.waiting.indexOf(job);
          if (at >= 0) this.waiting.splice(at, 1);
          resolve(share);
        },
      };
      this.waiting.push(job);
      this.assign();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.reopening) clearTimeout(timer);
    for (const job of [...this.waiting]) job.settle(null);
    const { threads } = this;
    this.threads = [];
    for (const { job, stall } of threads) {
      clearTimeout(stall);
      job?.settle(null);
    }
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  private get failed(): string {
    return `the thread of ${this.options.name} has failed`;
  }

  private launch(): void {
    if (this.closed) return;
    const { folder, addon, labels, name, meaning } = this.options;
    const entry: ThreadEntry = this.options.entry ?? beside(import.meta.url);
    const worker = new Worker(entry.url, {
      workerData: { folder, addon, labels, name, meaning } satisfies ThreadOptions,
      env: {},
      ...(entry.execArgv ? { execArgv: [...entry.execArgv] } : {}),
    });
    // A process that ends otherwise does not wait for its model.
    worker.unref();
    const thread: Thread = { worker, ready: false, job: undefined, stall: undefined };
    this.threads.push(thread);
    worker.on('message', (reply: ThreadReply) => this.take(thread, reply));
    worker.on('error', (error) => this.lose(thread, this.failed, error.message));
    worker.on('exit', () => this.lose(thread, this.failed, 'the thread has ended'));
  }

  private assign(): void {
    for (const thread of this.threads) {
      if (!thread.ready || thread.job) continue;
      const job = this.waiting.shift();
      if (!job) return;
      thread.job = job;
      // Nobody may be waiting any more by then, but the thread is still at it.
      thread.stall = setTimeout(
        () => this.lose(thread, this.failed, 'the model did not answer'),
        this.options.stallMs ?? STALL_MS,
      ).unref();
      thread.worker.postMessage({ id: job.id, ...job.text } satisfies ThreadRequest);
    }
  }

  private take(thread: Thread, reply: ThreadReply): void {
    if (reply.kind === 'broken') return this.lose(thread, reply.reason, reply.detail);
    if (reply.kind === 'ready') {
      thread.ready = true;
      this.tell({ state: 'ready', reason: null, detail: null });
      return this.assign();
    }
    const { job } = thread;
    if (job?.id !== reply.id) return;
    clearTimeout(thread.stall);
    thread.job = undefined;
    // An answer that is none is no answer.
    const share = reply.kind === 'classified' ? reply.share : null;
    job.settle(share !== null && share >= 0 && share <= 1 ? share : null);
    this.assign();
  }

  /** One that never was ready is opened again later; one that was, at once. */
  private lose(thread: Thread, reason: string, detail: string): void {
    const at = this.threads.indexOf(thread);
    if (at < 0) return;
    this.threads.splice(at, 1);
    clearTimeout(thread.stall);
    thread.job?.settle(null);
    void thread.worker.terminate();
    if (this.closed) return;
    if (thread.ready) return this.launch();
    if (this.threads.every((other) => !other.ready)) {
      this.tell({ state: 'failed', reason, detail });
      for (const job of [...this.waiting]) job.settle(null);
    }
    const timer = setTimeout(() => {
      this.reopening.delete(timer);
      this.launch();
    }, this.options.reopenMs ?? REOPEN_MS).unref();
    this.reopening.add(timer);
  }

  private tell(state: ModelState): void {
    if (state.state === this.current.state && state.reason === this.current.reason) return;
    this.current = state;
    this.options.onState?.(state);
  }
}

/** The entry beside this file, run as this process runs: built, or from sources. */
function beside(here: string): ThreadEntry {
  return { url: new URL(`./model-thread-entry${here.endsWith('.ts') ? '.ts' : '.js'}`, here) };
}
