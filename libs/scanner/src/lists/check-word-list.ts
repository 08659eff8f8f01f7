import { setImmediate as others } from 'node:timers/promises';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { compileUnit } from '../compile-unit.js';
import type { CompiledUnit } from '../scan-table.js';
import type { ScannerPolicies } from '../policy/scanner-policies.js';
import type { ListContentRepository } from '../store/list-content.repository.js';
import type { PolicyRepository } from '../store/policy.repository.js';
import type { StoredList, WordListRepository } from '../store/word-list.repository.js';
import { baseFoldsIn, listUnit } from './list-unit.js';
import type { ListReport, ReportKeeper } from './list-report.js';
import { previewList, type ListPreview, type RecentAnswers } from './preview-list.js';
import { readList, TooManyWords, type ReadList } from './read-list.js';

/** Why a file cannot be taken for a list. */
export type ListFailure =
  | 'SCANNER_LIST_EMPTY'
  | 'SCANNER_LIST_TOO_MANY_WORDS'
  /** The upload broke off: the gateway that took it ended. */
  | 'SCANNER_LIST_UPLOAD_LOST'
  /** It could not be checked or compiled, although it was tried several times. */
  | 'SCANNER_LIST_FAILED';

export interface CheckListPorts {
  readonly lists: WordListRepository;
  readonly content: ListContentRepository;
  readonly policies: { store: PolicyRepository; effective: ScannerPolicies['effective'] };
  readonly answers: (ctx: CallContext) => RecentAnswers;
  readonly clock: Clock;
}

export type CheckOutcome =
  | { readonly state: 'preview'; readonly words: number; readonly hits: number }
  | { readonly state: 'failed'; readonly failure: ListFailure }
  | { readonly state: 'previewed' | 'discarded' | 'nothing' };

/** The check was cancelled, or somebody else's by now. */
class Cancelled extends Error {}

/** Progress is written this often at the most. */
const PROGRESS_MS = 500;

/** Reads an uploaded list, stores its words, proves that it compiles and shows what it would have found. */
export class CheckWordList {
  constructor(
    private readonly ports: CheckListPorts,
    private readonly wordsLimit: number,
  ) {}

  async run(ctx: CallContext, id: string): Promise<CheckOutcome> {
    const list = await this.ports.lists.get(ctx, id);
    if (list?.state === 'checking') return this.check(ctx, list);
    if (list?.previewing === true) return this.previewAgain(ctx, list);
    return { state: 'nothing' };
  }

  /** It was tried often enough. */
  async giveUp(ctx: CallContext, id: string): Promise<void> {
    await this.ports.lists.end(ctx, id, 'failed', 'SCANNER_LIST_FAILED', null);
    await this.ports.lists.previewed(ctx, id, null);
  }

  private async check(ctx: CallContext, list: StoredList): Promise<CheckOutcome> {
    const { lists } = this.ports;
    try {
      const read = await this.read(ctx, list);
      if (read instanceof Failed) {
        await lists.end(ctx, list.id, 'failed', read.failure, read.report);
        return { state: 'failed', failure: read.failure };
      }
      const words = [...read.words.keys()];
      const preview = await this.compileAndPreview(ctx, list, words, async (stage) => {
        if (!(await lists.progress(ctx, list.id, stage, list.bytes, words.length))) throw new Cancelled();
      });
      if (!(await lists.checked(ctx, list.id, read.report.report(), preview))) throw new Cancelled();
      return { state: 'preview', words: words.length, hits: preview.hits };
    } catch (cause) {
      if (!(cause instanceof Cancelled)) throw cause;
      await lists.end(ctx, list.id, 'discarded', null, null);
      return { state: 'discarded' };
    }
  }

  private async previewAgain(ctx: CallContext, list: StoredList): Promise<CheckOutcome> {
    const words = await this.ports.content.words(ctx, list.id);
    const preview = await this.compileAndPreview(ctx, list, words, async () => undefined);
    await this.ports.lists.previewed(ctx, list.id, preview);
    return { state: 'previewed' };
  }

  private async read(ctx: CallContext, list: StoredList): Promise<ReadList | Failed> {
    const { lists, content, clock } = this.ports;
    let toldAt = -Infinity;
    const tell = async (words: number, bytes: number, always = false) => {
      ctx.signal.throwIfAborted();
      await others();
      if (!always && clock.monotonic() - toldAt < PROGRESS_MS) return;
      toldAt = clock.monotonic();
      if (!(await lists.progress(ctx, list.id, 'reading', bytes, words))) throw new Cancelled();
    };
    await tell(0, 0, true);
    const file = await content.file(ctx, list.id);
    const isCsv = /\.csv$/i.test(list.fileName);
    let read: ReadList;
    try {
      read = await readList(file, { isCsv, wordsLimit: this.wordsLimit, onProgress: tell });
    } catch (cause) {
      if (cause instanceof TooManyWords) return new Failed('SCANNER_LIST_TOO_MANY_WORDS', null);
      throw cause;
    }
    if (read.words.size === 0) return new Failed('SCANNER_LIST_EMPTY', read.report.report());
    await this.compareWithOthers(ctx, read.words, read.report);
    await tell(read.words.size, file.length, true);
    await content.storeWords(ctx, list.id, read.words.keys());
    return read;
  }

  /** Words that are in force already are taken all the same: their other list may go. */
  private async compareWithOthers(
    ctx: CallContext,
    words: ReadonlyMap<string, number>,
    report: ReportKeeper,
  ): Promise<void> {
    const counted = new Set<string>();
    for await (const chunk of this.ports.content.wordsInForce(ctx)) {
      for (const word of chunk) {
        const line = words.get(word);
        if (line === undefined || counted.has(word)) continue;
        counted.add(word);
        report.add('exists', line, word);
      }
    }
  }

  private async compileAndPreview(
    ctx: CallContext,
    list: StoredList,
    words: readonly string[],
    enter: (stage: 'compiling' | 'previewing') => Promise<void>,
  ): Promise<ListPreview> {
    await enter('compiling');
    const { policies, answers, clock } = this.ports;
    const { folds } = policies.effective(await policies.store.load(ctx)).of(list.category);
    const unit: CompiledUnit = await compileUnit(listUnit(list, words, baseFoldsIn(folds)));
    await enter('previewing');
    let toldAt = clock.monotonic();
    const onAnswer = async () => {
      ctx.signal.throwIfAborted();
      if (clock.monotonic() - toldAt < PROGRESS_MS) return;
      toldAt = clock.monotonic();
      await enter('previewing');
    };
    return previewList(unit, answers(ctx), { now: clock.now(), folds, onAnswer });
  }
}

class Failed {
  constructor(
    readonly failure: ListFailure,
    readonly report: ListReport | null,
  ) {}
}
