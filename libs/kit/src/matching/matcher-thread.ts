import { setImmediate as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  type BuildReply,
  type BuildRequest,
  type Built,
  ENTRY_ALLOWS,
  ENTRY_ANYWHERE,
  ENTRY_WATCHED,
  ENTRY_WHOLE,
  type EntryBlock,
  FOLDS_SHIFT,
} from './build-messages.js';
import type { MatchPolicy, WantedRules } from './match-policy.js';
import { Matcher, type MatcherEntry } from './matcher.js';
import { matcherFold } from './pinyin-fold.js';
import { PinyinMatcher } from './pinyin-matcher.js';

/** Entries packed at a time: about a millisecond, then other work of this thread has its turn. */
const BLOCK = 8_000;
/** A million words take about two seconds; a thread that has said nothing for so long hangs. */
export const BUILD_TIMEOUT_MS = 60_000;

/** Its heap is some 40 MB, and words change rarely; starting it again takes a fraction of a second. */
export const THREAD_IDLE_MS = 5_000;

/** Where the thread's code is, and how Node is to run it. */
export interface ThreadEntry {
  readonly url: URL;
  readonly execArgv?: readonly string[];
}

export interface BuildOptions {
  /** Names of the base folds, see `baseFold`; or `pinyin`, see `pinyinFold`. */
  readonly folds: readonly string[];
  readonly signal?: AbortSignal;
}

/** The thread could not build: it died, hung or was closed. The entries may be in order. */
export class MatcherThreadError extends Error {
  override readonly name = 'MatcherThreadError';
}

type Made = Built[keyof Built];

interface Build {
  readonly resolve: (compiled: Made) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Compiles matchers in a thread of its own and hands their tables over in shared memory, so that the calling thread
 * is never held up. Builds run one after the other; a thread that dies fails those under way, and the next build
 * starts another one, as it does after a time without builds. Every verb throws RangeError as Matcher does, MatcherThreadError when the thread cannot, and the
 * signal's reason.
 */
export class MatcherThread {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private readonly builds = new Map<number, Build>();
  private next = 0;
  private closed = false;

  constructor(
    private readonly entry: ThreadEntry = beside(import.meta.url),
    private readonly timeoutMs: number = BUILD_TIMEOUT_MS,
    private readonly idleMs: number = THREAD_IDLE_MS,
  ) {}

  /** The same as `new Matcher(entries, matcherFold(folds))`. The entries must not change meanwhile. */
  async build(entries: readonly MatcherEntry[], { folds, signal }: BuildOptions): Promise<Matcher> {
    const compiled = await this.order<'build'>((id) => ({ kind: 'build', id, folds }), entries, signal);
    return new Matcher(entries, matcherFold(folds), compiled);
  }

  /** The same as `new PinyinMatcher(entries, accepts)`. The entries must not change meanwhile. */
  async buildSounds(
    entries: readonly MatcherEntry[],
    accepts?: (entry: MatcherEntry, index: number) => boolean,
    signal?: AbortSignal,
  ): Promise<PinyinMatcher> {
    const order = (id: number): BuildRequest => ({ kind: 'sounds', id });
    const { indices, compiled } = await this.order<'sounds'>(order, entries, signal, accepts);
    const chosen: MatcherEntry[] = [];
    for (const [at, index] of indices.entries()) {
      if (at > 0 && at % BLOCK === 0) await pause();
      const entry = entries[index];
      if (entry) chosen.push(entry);
    }
    return new PinyinMatcher(entries, accepts, { indices, entries: chosen, compiled });
  }

  /** The same as `matcher.under(ruleOf)`, of what `wantedRules` makes of its rules, or of one rule for all entries. */
  async policy(matcher: Matcher, wanted: WantedRules, signal?: AbortSignal): Promise<MatchPolicy> {
    const { tables } = matcher;
    const order = (id: number): BuildRequest => ({ kind: 'policy', id, tables, wanted });
    return matcher.withPolicy(await this.order<'policy'>(order, [], signal));
  }

  private async order<Kind extends keyof Built>(
    request: (id: number) => BuildRequest,
    entries: readonly MatcherEntry[],
    signal: AbortSignal | undefined,
    accepts?: (entry: MatcherEntry, index: number) => boolean,
  ): Promise<Built[Kind]> {
    signal?.throwIfAborted();
    if (this.closed) throw new MatcherThreadError('the thread is closed');
    const worker = (this.worker ??= this.launch());
    const id = this.next++;
    // Not awaited at once: a thread that dies while it is told the entries rejects it.
    const compiled = this.await(worker, id, signal);
    compiled.catch(() => undefined);
    for (let from = 0; from < entries.length && this.builds.has(id); from += BLOCK) {
      if (from > 0) await pause();
      send(worker, packBlock(id, entries, { from, to: Math.min(entries.length, from + BLOCK) }, accepts));
    }
    if (this.builds.has(id)) send(worker, request(id));
    return (await compiled) as Built[Kind];
  }

  /** Builds under way fail. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.idle);
    const { worker } = this;
    if (!worker) return;
    this.lose(worker, 'the thread is closed');
    await worker.terminate();
  }

  private await(worker: Worker, id: number, signal: AbortSignal | undefined): Promise<Made> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.builds.delete(id);
        if (this.builds.size === 0) this.rest();
        act();
      };
      const onAbort = (): void => {
        send(worker, { kind: 'drop', id });
        settle(() => reject(signal?.reason));
      };
      const timer = setTimeout(() => {
        this.lose(worker, `the thread did not build within ${this.timeoutMs} ms`);
        void worker.terminate();
      }, this.timeoutMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      clearTimeout(this.idle);
      this.builds.set(id, {
        resolve: (compiled) => settle(() => resolve(compiled)),
        reject: (error) => settle(() => reject(error)),
      });
    });
  }

  /** Without builds for a while, the thread and its memory are given back. */
  private rest(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      const { worker } = this;
      this.worker = undefined;
      void worker?.terminate();
    }, this.idleMs);
    this.idle.unref();
  }

  private launch(): Worker {
    const { url, execArgv } = this.entry;
    const worker = new Worker(url, { env: {}, ...(execArgv ? { execArgv: [...execArgv] } : {}) });
    // A process that ends otherwise does not wait for its builds.
    worker.unref();
    worker.on('message', (reply: BuildReply) => this.take(reply));
    worker.on('messageerror', (error) => this.lose(worker, 'the thread sent what cannot be read', error));
    worker.on('error', (error) => this.lose(worker, 'the thread has failed', error));
    worker.on('exit', () => this.lose(worker, 'the thread has ended'));
    return worker;
  }

  private take(reply: BuildReply): void {
    const build = this.builds.get(reply.id);
    if (reply.kind === 'built') build?.resolve(reply.compiled);
    else if (reply.kind === 'refused') build?.reject(new RangeError(reply.reason));
    else build?.reject(new MatcherThreadError(reply.reason));
  }

  private lose(worker: Worker, reason: string, cause?: unknown): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of [...this.builds.values()]) reject(new MatcherThreadError(reason, { cause }));
  }
}

function packBlock(
  id: number,
  entries: readonly MatcherEntry[],
  { from, to }: { from: number; to: number },
  accepts?: (entry: MatcherEntry, index: number) => boolean,
): EntryBlock {
  const lengths = new Uint32Array(to - from);
  const flags = new Uint16Array(to - from);
  let texts = '';
  for (let i = from; i < to; i++) {
    const entry = entries[i];
    if (!entry) break;
    texts += entry.text;
    lengths[i - from] = entry.text.length;
    // Whoever accepts only some entries has no use for allowing ones.
    flags[i - from] = flagsOf(entry) | (accepts && !accepts(entry, i) ? ENTRY_ALLOWS : 0);
  }
  return { kind: 'entries', id, texts, lengths, flags };
}

function flagsOf({ wholeWord, holds, allow, folds }: MatcherEntry): number {
  const edge = wholeWord === true ? ENTRY_WHOLE : wholeWord === false ? ENTRY_ANYWHERE : 0;
  const kind = (holds === false ? ENTRY_WATCHED : 0) | (allow === true ? ENTRY_ALLOWS : 0);
  return edge | kind | ((folds ?? 0) << FOLDS_SHIFT);
}

function send(worker: Worker, request: BuildRequest): void {
  worker.postMessage(request);
}

/** The entry beside this file, run as this process runs: built, or from sources. */
function beside(here: string): ThreadEntry {
  return { url: new URL(`./matcher-thread-entry${here.endsWith('.ts') ? '.ts' : '.js'}`, here) };
}
