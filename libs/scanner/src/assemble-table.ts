import { SCAN_ACTIONS } from '@lorekeep/contracts/vocabulary';
import type { BaseFoldName } from '@lorekeep/kit/matching';
import type { CallContext } from '@lorekeep/kit/context';
import { checkWord } from './check-word.js';
import type { UnitEntry, UnitSource } from './compile-unit.js';
import { baseFoldsIn, listUnit, listUnitId } from './lists/list-unit.js';
import { builtInCategories, EffectivePolicy } from './policy/effective-policy.js';
import { PrepareUnits } from './prepare-units.js';
import type { CompiledUnit, DefaultTier, ScannerPolicy, ScanTable, UnitRule } from './scan-table.js';
import { ScannerFault } from './scanner.errors.js';
import type { ListOfTable, TableSource, TableState } from './store/table.repository.js';
import type { UnitCache } from './unit-cache.js';
import { WORD_COUNT_LIMIT, type WordEntry } from './word-entry.js';

/** Lists up to this size are compiled before the next answer; larger ones beside the answers that go on without. */
export const PROMPT_LIST_WORDS = 20_000;

interface Entry {
  readonly entry: UnitEntry;
  readonly rule: UnitRule;
}

/** A table, and the lists in force that are still being compiled, which it does not have yet. */
export interface AssembledTable {
  readonly table: ScanTable;
  readonly late: readonly Promise<unknown>[];
}

/** Makes tables out of units: only those that changed are compiled. */
export class AssembleTable {
  private readonly builtIn;

  constructor(
    private readonly source: TableSource,
    private readonly tier: DefaultTier,
    private readonly units: UnitCache,
    private readonly prepare = new PrepareUnits(),
  ) {
    this.builtIn = builtInCategories(tier.categories);
  }

  /**
   * @param before the tenant's table until now: a large list that is not compiled yet is late then, and what `before`
   * has of it goes on; without one, every list is waited for
   * @throws ScannerFault SCANNER_WORDS_INVALID when one entry could not be honoured: half a list is no list
   */
  async run(ctx: CallContext, state: TableState, before?: ScanTable): Promise<AssembledTable> {
    const policy = this.policyOf(state);
    const late: Promise<unknown>[] = [];
    const lists: Promise<CompiledUnit>[] = [];
    for (const list of state.lists) {
      // Compiled before it is confirmed, so that it can be in force at once. Whoever confirms it hears of failures.
      if (list.state === 'preview') {
        this.list(ctx, list, policy).catch(() => undefined);
        continue;
      }
      if (!before || list.words <= PROMPT_LIST_WORDS || this.isBuilt(list, policy))
        lists.push(this.unitOf(ctx, list, policy));
      else {
        const whole = this.list(ctx, list, policy);
        whole.catch(() => undefined);
        late.push(whole);
        // Compiled with other folds, but better than nothing.
        lists.push(...before.units.filter(isOf(list.id)).map((older) => Promise.resolve(older)));
      }
    }
    const units = await Promise.all([
      ...this.tierUnits(policy),
      ...(await this.wordUnits(ctx, state, policy)),
      ...lists,
    ]);
    const deaf = await this.hear(units, policy, before ? late : null);
    await Promise.all(units.map((unit) => this.prepare.rules(unit, policy)));
    return { table: Object.freeze({ version: state.version, units, policy, deaf }), late };
  }

  /** @returns units whose sounds are late; without `late`, and but for large lists, they are waited for */
  private async hear(
    units: readonly CompiledUnit[],
    policy: ScannerPolicy,
    late: Promise<unknown>[] | null,
  ): Promise<Set<CompiledUnit>> {
    const deaf = new Set<CompiledUnit>();
    const awaited: Promise<unknown>[] = [];
    for (const unit of units) {
      const sounds = this.prepare.sounds(unit, policy);
      if (!sounds) continue;
      if (!late || unit.kind !== 'list' || unit.matcher.entries.length <= PROMPT_LIST_WORDS)
        awaited.push(sounds);
      else {
        sounds.catch(() => undefined);
        late.push(sounds);
        deaf.add(unit);
      }
    }
    await Promise.all(awaited);
    return deaf;
  }

  policyOf({ changes }: TableState): ScannerPolicy {
    return new EffectivePolicy(this.builtIn, changes);
  }

  /** The unit of a list, with all that a table needs of it, made now where it is not. */
  async list(
    ctx: CallContext,
    list: Omit<ListOfTable, 'state'>,
    policy: ScannerPolicy,
  ): Promise<CompiledUnit> {
    const unit = await this.unitOf(ctx, list, policy);
    await this.prepare.sounds(unit, policy);
    await this.prepare.rules(unit, policy);
    return unit;
  }

  private unitOf(
    ctx: CallContext,
    list: Omit<ListOfTable, 'state'>,
    policy: ScannerPolicy,
  ): Promise<CompiledUnit> {
    const folds = baseFoldsIn(policy.of(list.category).folds);
    return this.units.build(listUnitId(list.id, folds), async () => {
      const words = await this.source.listWords(ctx, list.id);
      if (words.length !== list.words) throw invalid('a list is not complete');
      return listUnit(list, words, folds);
    });
  }

  private isBuilt(list: ListOfTable, policy: ScannerPolicy): boolean {
    const folds = baseFoldsIn(policy.of(list.category).folds);
    return this.units.get(listUnitId(list.id, folds)) !== undefined;
  }

  private tierUnits(policy: ScannerPolicy): Promise<CompiledUnit>[] {
    const entries = this.tier.words.map(({ text, category, wholeWord, allow = false }, index) => ({
      entry: { text, wholeWord, allow },
      rule: { ruleId: `tier:${index}`, category, allow, action: null },
    }));
    return this.grouped('tier', `tier:${this.tier.id}`, entries, policy);
  }

  /** The tenant's own words are read and compiled again when they, or their base folds, have changed. */
  private async wordUnits(
    ctx: CallContext,
    { wordsVersion }: TableState,
    policy: ScannerPolicy,
  ): Promise<Promise<CompiledUnit>[]> {
    const name = `words:${ctx.tenantId}:${wordsVersion}`;
    const known = this.wordsKnown.get(ctx.tenantId);
    const entries = known?.name === name ? known.entries : entriesOf((await this.source.wordsOf(ctx)).words);
    this.remember(ctx.tenantId, { name, entries });
    return this.grouped('words', name, entries, policy);
  }

  private grouped(
    kind: UnitSource['kind'],
    name: string,
    entries: readonly Entry[],
    policy: ScannerPolicy,
  ): Promise<CompiledUnit>[] {
    const groups = new Map<
      string,
      { baseFolds: BaseFoldName[]; categories: Set<string>; members: Entry[] }
    >();
    for (const one of entries) {
      const baseFolds = baseFoldsIn(policy.of(one.rule.category).folds);
      const key = baseFolds.join('+');
      const group = groups.get(key) ?? { baseFolds, categories: new Set(), members: [] };
      groups.set(key, group);
      group.categories.add(one.rule.category);
      group.members.push(one);
    }
    return [...groups].map(([key, { baseFolds, categories, members }]) => {
      // Which categories share these folds decides what is in the unit.
      const id =
        groups.size === 1 ? `${name}:${key}` : `${name}:${key}:${JSON.stringify([...categories].sort())}`;
      return this.units.build(id, async () => ({
        ...{ id, kind, baseFolds, entries: members.map(({ entry }) => entry) },
        ruleOf: (entry: number) => ruleAt(members, entry),
      }));
    });
  }

  /** Entries of the tenants that were asked for last, least recently used first. */
  private readonly wordsKnown = new Map<string, { name: string; entries: readonly Entry[] }>();

  private remember(tenantId: string, known: { name: string; entries: readonly Entry[] }): void {
    this.wordsKnown.delete(tenantId);
    this.wordsKnown.set(tenantId, known);
    let words = 0;
    for (const { entries } of this.wordsKnown.values()) words += entries.length;
    for (const [tenant, { entries }] of this.wordsKnown) {
      if (words <= REMEMBERED_WORDS_LIMIT || tenant === tenantId) return;
      this.wordsKnown.delete(tenant);
      words -= entries.length;
    }
  }
}

const isOf = (listId: string) => (unit: CompiledUnit) => unit.id.startsWith(listUnitId(listId, []));

/** Words of tenants that are remembered beside their units, for policies that regroup them. */
const REMEMBERED_WORDS_LIMIT = 1_000_000;

function entriesOf(words: readonly WordEntry[]): Entry[] {
  if (words.length > WORD_COUNT_LIMIT) throw invalid(`more than ${WORD_COUNT_LIMIT} words`);
  return words.map(({ id, text, category, action, wholeWord, allow = false }) => {
    const problem = SCAN_ACTIONS.includes(action) ? checkWord(text) : 'unknown action';
    if (problem) throw invalid(`word ${id}: ${problem}`);
    return { entry: { text, wholeWord, allow }, rule: { ruleId: id, category, allow, action } };
  });
}

function ruleAt(members: readonly Entry[], entry: number): UnitRule {
  const member = members[entry];
  if (!member) throw new RangeError('there is no such entry');
  return member.rule;
}

const invalid = (message: string) => new ScannerFault('SCANNER_WORDS_INVALID', new Error(message));
