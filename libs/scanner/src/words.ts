import { SCAN_ACTIONS } from '@lorekeep/contracts/vocabulary';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { isUuid } from '@lorekeep/kit/sql';
import { checkWord, type WordProblem } from './check-word.js';
import { isBroad } from './is-broad.js';
import { detectorCategoryRefused, isDetectorCategory } from './own-category.js';
import type { DatabaseWords, NewWord, StoredWord, WordChange } from './store/word.repository.js';
import { CATEGORY_LENGTH_LIMIT } from './word-entry.js';
import type { ScanTables } from './scan-tables.js';

export type AddProblem =
  | WordProblem
  /** No category, an over-long one, or an action that does not exist. */
  | 'invalid'
  /** In a category of the detectors, whose policy would decide instead of the word. */
  | 'detector-category'
  /** It would hit nearly every answer, and nobody has confirmed that it is meant. */
  | 'broad'
  /** Twice in the list given. */
  | 'repeated'
  /** Among the tenant's words already. */
  | 'exists'
  /** Beyond the number of words that a tenant may have. */
  | 'no-room';

export interface AddResult {
  /** Words added: all of them, or 0. */
  readonly added: number;
  /** What stood in the way, by index into the list given. Duplicates that were skipped are here too. */
  readonly problems: { readonly index: number; readonly text: string; readonly problem: AddProblem }[];
}

export interface AddOptions {
  /** `refuse` (default): a duplicate stands in the way of all. `skip`: it is reported and the rest added. */
  readonly duplicates?: 'refuse' | 'skip';
  /** Words that would hit nearly every answer are meant. */
  readonly confirmed?: boolean | undefined;
}

export const PAGE_LIMIT = 200;
const PAGE_DEFAULT = 50;

/** Administration of a tenant's forbidden words. Rights are checked before. */
export class Words {
  constructor(
    private readonly store: DatabaseWords,
    private readonly tables?: Pick<ScanTables, 'forget'>,
  ) {}

  /** Newest first. @throws RequestError 422 for a page out of bounds */
  async list(
    ctx: CallContext,
    page: { search?: string | undefined; limit?: number; offset?: number } = {},
  ): Promise<{ rows: StoredWord[]; total: number }> {
    const { search, limit = PAGE_DEFAULT, offset = 0 } = page;
    if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT)
      throw invalid('limit', `1 to ${PAGE_LIMIT}`);
    if (!Number.isInteger(offset) || offset < 0) throw invalid('offset', 'must not be negative');
    // No word has these, and Postgres would refuse to look for them.
    if (search !== undefined && (search.includes('\0') || !search.isWellFormed()))
      return { rows: [], total: 0 };
    return this.store.list(ctx, { search, limit, offset });
  }

  /** Adds all or nothing; what stood in the way is a value, not an exception. */
  async add(ctx: CallContext, words: readonly NewWord[], options: AddOptions = {}): Promise<AddResult> {
    const list = words.map((word) => ({ ...word, text: word.text.trim(), category: word.category.trim() }));
    let problems: AddResult['problems'] = [];
    const accept = (existing: ReadonlySet<string>, room: number) => {
      problems = problemsOf(list, { existing, room, confirmed: options.confirmed ?? false });
      const inTheWay = problems.filter(
        ({ problem }) => options.duplicates !== 'skip' || !isDuplicate(problem),
      );
      if (inTheWay.length > 0) return [];
      const skipped = new Set(problems.map(({ index }) => index));
      return list.filter((_, index) => !skipped.has(index));
    };
    const known = list.map(({ text }) => text).filter((text) => checkWord(text) === undefined);
    const added = await this.store.add(ctx, known, accept);
    if (added > 0) this.tables?.forget(ctx.tenantId);
    return { added, problems };
  }

  /**
   * Undefined when the tenant has no such word. @throws RequestError 422; SCANNER_WORDS_BROAD where the word would come
   * to hit nearly every answer, or do more to it, and nobody has confirmed that it is meant
   */
  async update(
    ctx: CallContext,
    id: string,
    change: WordChange,
    { confirmed = false }: Pick<AddOptions, 'confirmed'> = {},
  ): Promise<StoredWord | undefined> {
    if (!isUuid(id)) return undefined;
    const { action, wholeWord, allow } = change;
    const category = change.category?.trim();
    if (category !== undefined && !isCategory(category)) throw invalid('category', 'is empty or too long');
    if (category !== undefined && isDetectorCategory(category))
      throw detectorCategoryRefused(category, ['category']);
    if (action !== undefined && !SCAN_ACTIONS.includes(action)) throw invalid('action', 'is unknown');
    const fields = {
      ...(category !== undefined && { category }),
      ...(action !== undefined && { action }),
      ...(wholeWord !== undefined && { wholeWord }),
      ...(allow !== undefined && { allow }),
    };
    const row = await this.store.change(ctx, id, fields, (before) => {
      if (!confirmed && harm({ ...before, ...fields }) > harm(before))
        throw broadRefused(Object.keys(fields));
    });
    this.tables?.forget(ctx.tenantId);
    return row;
  }

  /** The word that was removed; undefined when the tenant has no such word. */
  async remove(ctx: CallContext, id: string): Promise<StoredWord | undefined> {
    if (!isUuid(id)) return undefined;
    const row = await this.store.remove(ctx, id);
    this.tables?.forget(ctx.tenantId);
    return row;
  }
}

interface Standing {
  readonly existing: ReadonlySet<string>;
  /** Words more that the tenant may have. */
  readonly room: number;
  readonly confirmed: boolean;
}

function problemsOf(words: readonly NewWord[], standing: Standing): AddResult['problems'] {
  const seen = new Set<string>();
  const problems: AddResult['problems'] = [];
  let fresh = 0;
  words.forEach((word, index) => {
    const problem = problemOf(word, seen, standing) ?? (++fresh > standing.room ? 'no-room' : undefined);
    seen.add(word.text);
    if (problem) problems.push({ index, text: word.text, problem });
  });
  return problems;
}

function problemOf(
  word: NewWord,
  seen: ReadonlySet<string>,
  { existing, confirmed }: Standing,
): AddProblem | undefined {
  const problem = checkWord(word.text);
  if (problem) return problem;
  if (!isCategory(word.category) || !SCAN_ACTIONS.includes(word.action)) return 'invalid';
  if (seen.has(word.text)) return 'repeated';
  if (existing.has(word.text)) return 'exists';
  if (isDetectorCategory(word.category)) return 'detector-category';
  return !confirmed && word.allow !== true && isBroad(word.text, word.wholeWord) ? 'broad' : undefined;
}

/** What a word that would hit nearly every answer does to it; 0 for every other word, and for exceptions. */
function harm({ text, wholeWord, allow, action }: Omit<NewWord, 'category'>): number {
  return allow !== true && isBroad(text, wholeWord) ? 1 + SCAN_ACTIONS.indexOf(action) : 0;
}

/** What is said of a change that makes a word broad: 422, with the fields that do. */
function broadRefused(paths: readonly string[]): RequestError {
  const text =
    'This word would hit nearly every answer; nothing was changed. Confirm the change if it is meant.';
  const details = paths.map((path) => ({ path, message: 'broad' }));
  return new RequestError(422, 'SCANNER_WORDS_BROAD', text, details);
}

function isDuplicate(problem: AddProblem): boolean {
  return problem === 'repeated' || problem === 'exists';
}

function isCategory(category: string): boolean {
  const length = category.length;
  return length > 0 && length <= CATEGORY_LENGTH_LIMIT && category.isWellFormed() && !category.includes('\0');
}

function invalid(path: string, message: string): RequestError {
  return new RequestError(422, 'SCANNER_REQUEST_INVALID', 'The request is not valid.', [{ path, message }]);
}
