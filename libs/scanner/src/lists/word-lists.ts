import { SCAN_ACTIONS } from '@lorekeep/contracts/vocabulary';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { isUuid } from '@lorekeep/kit/sql';
import { ListTooLarge, type ListContentRepository } from '../store/list-content.repository.js';
import type { NewList, StoredList, WordListRepository } from '../store/word-list.repository.js';
import { detectorCategoryRefused, isDetectorCategory } from '../own-category.js';
import { CATEGORY_LENGTH_LIMIT } from '../word-entry.js';

/** Lists of one tenant, of whatever state: a page that shows them all stays readable. */
export const LISTS_LIMIT = 200;
/** Words in all lists of one tenant: what a process holds compiled of them stays within about 300 MB. */
export const LISTED_WORDS_LIMIT = 3_000_000;
/** UTF-16 units of the name of a list, and of a file. */
export const LIST_NAME_LIMIT = 200;
/** Without an ending it is read as text. */
const FILE = /\.(?:txt|csv)$|^[^.]+$/i;

/** What a process has to do before a list is in force in it. */
export interface ListTables {
  forget(tenantId: string): void;
  /** Resolves as soon as the list is compiled here, or could not be in time. */
  prebuild(ctx: CallContext, list: Pick<StoredList, 'id' | 'category' | 'action' | 'words'>): Promise<void>;
}

/** Imported lists, from the upload to their end. Rights are checked before. */
export class WordLists {
  constructor(
    private readonly lists: WordListRepository,
    private readonly content: ListContentRepository,
    private readonly maxBytes: number,
    private readonly tables?: ListTables,
  ) {}

  list(ctx: CallContext, page: { search?: string | undefined; limit: number; offset: number }) {
    return this.lists.list(ctx, page);
  }

  get(ctx: CallContext, id: string): Promise<StoredList | undefined> {
    return isUuid(id) ? this.lists.get(ctx, id) : Promise.resolve(undefined);
  }

  /** Takes a file in and orders its check. Nothing is in force yet. @throws RequestError 413, 422 */
  async add(
    ctx: CallContext,
    list: NewList,
    file: AsyncIterable<Uint8Array>,
  ): Promise<StoredList | undefined> {
    const problems = problemsOf(list);
    if (problems.length > 0) throw invalid(problems);
    if (isDetectorCategory(list.category)) throw detectorCategoryRefused(list.category, ['category']);
    const { lists, words } = await this.lists.totals(ctx);
    if (lists >= LISTS_LIMIT)
      throw invalid([{ path: 'file', message: `there are ${LISTS_LIMIT} lists already` }]);
    if (words >= LISTED_WORDS_LIMIT)
      throw invalid([{ path: 'file', message: `the lists have ${LISTED_WORDS_LIMIT} words already` }]);
    const id = await this.lists.create(ctx, list);
    try {
      await this.lists.order(ctx, id, await this.content.takeFile(ctx, id, file, this.maxBytes));
    } catch (cause) {
      // Nothing is left of an upload that broke off.
      await this.lists.end(ctx, id, 'discarded', null, null).catch(() => undefined);
      await this.lists.remove(ctx, id).catch(() => undefined);
      if (cause instanceof ListTooLarge)
        throw new RequestError(413, 'SCANNER_LIST_TOO_LARGE', `A list may have ${this.maxBytes} bytes.`);
      throw cause;
    }
    return this.lists.get(ctx, id);
  }

  cancel(ctx: CallContext, id: string) {
    return this.acted(ctx, id, () => this.lists.cancel(ctx, id));
  }

  preview(ctx: CallContext, id: string) {
    return this.acted(ctx, id, () => this.lists.orderPreview(ctx, id));
  }

  /** Compiled here first, so that it is in force here with the answer. */
  async confirm(ctx: CallContext, id: string) {
    const list = await this.get(ctx, id);
    if (list?.state === 'preview' || list?.state === 'undone') await this.tables?.prebuild(ctx, list);
    return this.acted(ctx, id, () => this.lists.move(ctx, id, ['preview', 'undone'], 'active'));
  }

  undo(ctx: CallContext, id: string) {
    return this.acted(ctx, id, () => this.lists.move(ctx, id, ['active'], 'undone'));
  }

  /** True when it is gone; undefined when there is none. @throws RequestError 409 while in force or checked */
  async remove(ctx: CallContext, id: string): Promise<true | undefined> {
    if (!(await this.get(ctx, id))) return undefined;
    if (!(await this.lists.remove(ctx, id))) throw notNow();
    return true;
  }

  private async acted(
    ctx: CallContext,
    id: string,
    act: () => Promise<boolean>,
  ): Promise<StoredList | undefined> {
    if (!(await this.get(ctx, id))) return undefined;
    if (!(await act())) throw notNow();
    this.tables?.forget(ctx.tenantId);
    return this.lists.get(ctx, id);
  }
}

function problemsOf({ name, category, action, fileName }: NewList): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  if (!isLine(name, LIST_NAME_LIMIT))
    problems.push({ path: 'name', message: 'is empty, too long or no text' });
  if (!isLine(category, CATEGORY_LENGTH_LIMIT))
    problems.push({ path: 'category', message: 'is empty, too long or no text' });
  if (!SCAN_ACTIONS.includes(action))
    problems.push({ path: 'action', message: `must be one of ${SCAN_ACTIONS.join(', ')}` });
  if (!isLine(fileName, LIST_NAME_LIMIT) || !FILE.test(fileName))
    problems.push({ path: 'file', message: 'must be a .txt or .csv file, or have no ending' });
  return problems;
}

function isLine(text: string, limit: number): boolean {
  return text.trim() !== '' && text.length <= limit && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

function invalid(problems: { path: string; message: string }[]): RequestError {
  const [first] = problems;
  const text = `The list cannot be taken: ${first?.path ?? 'file'} ${first?.message ?? ''}.`;
  return new RequestError(422, 'SCANNER_LIST_INVALID', text, problems);
}

function notNow(): RequestError {
  return new RequestError(409, 'SCANNER_LIST_STATE', 'This cannot be done with the list now.');
}
