import { Controller, Inject } from '@nestjs/common';
import { routes, type ScanAction } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import {
  detectorCategoryRefused,
  scanText,
  ScannerPolicies,
  ScanTables,
  Words,
  type AddResult,
} from '@lorekeep/scanner';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

interface NewWords {
  words: { text: string; category: string; action: ScanAction; wholeWord: boolean | null; allow: boolean }[];
  confirmed: boolean;
}
interface WordChange {
  category?: string;
  action?: ScanAction;
  wholeWord?: boolean | null;
  allow?: boolean;
}
/** Categories of added words that the audit keeps. */
const KINDS_KEPT = 50;
/** Words that stood in the way, told at once. */
const PROBLEMS_TOLD = 20;

@Controller()
export class WordsController {
  constructor(
    @Inject(Words) private readonly words: Words,
    @Inject(ScanTables) private readonly tables: ScanTables,
    @Inject(ScannerPolicies) private readonly policies: ScannerPolicies,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.words)
  list(@Ctx() ctx: CallContext, @Input('query') query: { search?: string; limit: number; offset: number }) {
    return this.words.list(ctx, query);
  }

  @Contract(routes.addWords)
  async add(@Ctx() ctx: CallContext, @Input('body') { words, confirmed }: NewWords) {
    // The words themselves stay out of the audit: its readers need not be those who may see the list.
    const add = () => this.words.add(ctx, words, { duplicates: 'skip', confirmed });
    const detail = { ...countsOf(words), ...(confirmed && { confirmed }) };
    const result = await this.recorder.act(ctx, 'admin.words.add', detail, add);
    const inTheWay = result.problems.filter(({ problem }) => problem !== 'repeated' && problem !== 'exists');
    if (inTheWay.length > 0) throw refused(inTheWay, words);
    return {
      added: result.added,
      duplicates: result.problems.map(({ text }) => text),
      instead: await this.instead(ctx, words),
    };
  }

  /** Categories whose policy decides instead of the words; exceptions have no action. */
  private async instead(ctx: CallContext, words: NewWords['words']) {
    const inForce = await this.policies.actions(ctx);
    const decided = words
      .map(({ category, action, allow }) => ({
        category,
        own: action,
        allow,
        action: inForce(category, action),
      }))
      .filter(({ own, action, allow }) => !allow && own !== action);
    return [...new Map(decided.map(({ category, action }) => [category, { category, action }])).values()];
  }

  @Contract(routes.updateWord)
  async update(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') { confirmed, ...change }: WordChange & { confirmed: boolean },
  ) {
    const detail = { wordId: id, ...change, ...(confirmed && { confirmed }) };
    const update = async () => found(await this.words.update(ctx, id, change, { confirmed }));
    return this.recorder.act(ctx, 'admin.words.update', detail, update);
  }

  @Contract(routes.deleteWord)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const remove = async () => found(await this.words.remove(ctx, id));
    await this.recorder.act(ctx, 'admin.words.remove', { wordId: id }, remove);
  }

  @Contract(routes.tryWords)
  async try(@Ctx() ctx: CallContext, @Input('body') { text }: { text: string }) {
    const table = await this.tables.tableFor(ctx);
    const { text: output, hits } = scanText(table, text);
    return {
      output,
      hits: hits.map(({ start, end, category, action }) => ({
        start,
        end,
        category,
        action,
        word: text.slice(start, end),
      })),
    };
  }
}

/** What is done with them, without saying what they are; an exception lets through what others would find. */
function countsOf(words: NewWords['words']) {
  const each = (values: string[]) => [...new Set(values)].sort().slice(0, KINDS_KEPT);
  return {
    words: words.length,
    exceptions: words.filter(({ allow }) => allow).length,
    actions: each(words.map(({ action }) => action)),
    categories: each(words.map(({ category }) => category)),
  };
}

function refused(problems: AddResult['problems'], words: NewWords['words']): RequestError {
  const detectors = problems.filter(({ problem }) => problem === 'detector-category').slice(0, PROBLEMS_TOLD);
  const [first] = detectors;
  if (first) {
    const paths = detectors.map(({ index }) => `words.${index}.category`);
    return detectorCategoryRefused(words[first.index]?.category ?? '', paths);
  }
  const others = problems.filter(({ problem }) => problem !== 'broad');
  const told = others.length > 0 ? others : problems;
  const details = told
    .slice(0, PROBLEMS_TOLD)
    .map(({ index, problem }) => ({ path: `words.${index}.text`, message: problem }));
  if (others.length > 0) {
    const text = `${others.length} of the words cannot be added; nothing was changed.`;
    return new RequestError(422, 'SCANNER_WORDS_REFUSED', text, details);
  }
  const text = `${told.length} of the words would hit nearly every answer; nothing was changed. Confirm them if they are meant.`;
  return new RequestError(422, 'SCANNER_WORDS_BROAD', text, details);
}
