import type { ScanAction } from '@lorekeep/contracts';
import { BASE_FOLDS, baseFold, FOLD_NAMES, Matcher, type FoldName } from '@lorekeep/kit/matching';
import {
  DEFAULT_FOLDS,
  DEFAULT_TIER,
  DETECTOR_CATEGORIES,
  type CategoryPolicy,
  type CompiledUnit,
  type ScannerPolicy,
  type ScanTable,
  type UnitRule,
} from '@lorekeep/scanner';
import type { ScanSettings } from './read-scan-options.js';

export const WORDS_CATEGORY = 'words';

export interface ScanTables {
  /** With every action as it is: what a reader would be shown. */
  readonly shown: ScanTable;
  /** The same entries, none of which stops or hides anything: finds what stands behind a stop, too. */
  readonly found: ScanTable;
  /** The entry as it is written; of a detector, its kind. */
  wordOf(ruleId: string): string;
  actionOf(category: string): ScanAction;
}

interface Entry {
  readonly text: string;
  readonly wholeWord: boolean | undefined;
  readonly rule: UnitRule;
}

type Built = Pick<ScanSettings, 'defaultTier' | 'detectors' | 'folds' | 'wholeWords'>;

/** Tables of words that are taken as they are written, and of what else is switched on; any number of words. */
export function buildScanTables(words: readonly string[], settings: Built): ScanTables {
  const policy = new Policies(settings);
  const units = unitsOf([...tierEntries(settings), ...wordEntries(words, settings)], policy);
  return {
    shown: Object.freeze({ version: 0, units, policy: policy.view('shown', (action) => action) }),
    found: Object.freeze({
      ...{ version: 0, units },
      policy: policy.view('found', (action) => (action === 'off' ? 'off' : 'log')),
    }),
    wordOf: (ruleId) => {
      const [kind, at = ''] = ruleId.split(':', 2);
      if (kind === 'detector') return at;
      return (kind === 'tier' ? DEFAULT_TIER.words[Number(at)]?.text : words[Number(at)]) ?? '';
    },
    actionOf: (category) => {
      const { action } = policy.of(category);
      return action === 'off' ? 'log' : action;
    },
  };
}

/** The folds that the words of the file are read with. */
export function wordFolds({ folds }: Pick<ScanSettings, 'folds'>): readonly FoldName[] {
  return folds ?? DEFAULT_FOLDS;
}

class Policies {
  private readonly known: ReadonlyMap<string, CategoryPolicy & { action: ScanAction | 'off' }>;

  constructor(private readonly settings: Built) {
    const detectors = DETECTOR_CATEGORIES.map((category) => ({
      ...category,
      action: settings.detectors ? wantedAction(category.action) : ('off' as const),
    }));
    const tier = DEFAULT_TIER.categories.map((category) => ({
      ...category,
      folds: settings.folds ?? category.folds,
    }));
    this.known = new Map([...tier, ...detectors].map((category) => [category.name, category]));
  }

  of(category: string): CategoryPolicy & { action: ScanAction | 'off' } {
    const own = { action: 'redact', severity: 'medium', folds: wordFolds(this.settings) } as const;
    return this.known.get(category) ?? own;
  }

  view(name: string, change: (action: ScanAction | 'off') => ScanAction | 'off'): ScannerPolicy {
    const { defaultTier, detectors, folds } = this.settings;
    return {
      key: JSON.stringify([name, defaultTier, detectors, folds]),
      of: (category) => {
        const policy = this.of(category);
        return { ...policy, action: change(policy.action) };
      },
    };
  }
}

/** Asked for by name, what tenants have to switch on first is on. */
function wantedAction(action: ScanAction | 'off'): ScanAction {
  return action === 'off' ? 'redact' : action;
}

function tierEntries({ defaultTier, wholeWords }: Built): Entry[] {
  if (!defaultTier) return [];
  return DEFAULT_TIER.words.map(({ text, category, wholeWord, allow = false }, index) => ({
    text,
    wholeWord: wholeWords || allow ? wholeWord : false,
    rule: { ruleId: `tier:${index}`, category, allow, action: null },
  }));
}

function wordEntries(words: readonly string[], { wholeWords }: Built): Entry[] {
  const wholeWord = wholeWords ? undefined : false;
  return words.map((text, index) => ({
    ...{ text, wholeWord },
    rule: { ruleId: `word:${index}`, category: WORDS_CATEGORY, allow: false, action: null },
  }));
}

/** Entries with the same base folds are compiled together. */
function unitsOf(entries: readonly Entry[], policy: Policies): CompiledUnit[] {
  const groups = new Map<string, { folds: readonly FoldName[]; entries: Entry[] }>();
  for (const entry of entries) {
    const kind = entry.rule.category === WORDS_CATEGORY ? 'words' : 'tier';
    const { folds } = policy.of(entry.rule.category);
    const key = `${kind}:${FOLD_NAMES.filter((name) => isBase(name) && folds.includes(name)).join('+')}`;
    const group = groups.get(key) ?? { folds, entries: [] };
    groups.set(key, group);
    group.entries.push(entry);
  }
  return [...groups].map(([id, group]) => unitOf(id, group.folds, group.entries));
}

function unitOf(id: string, folds: readonly FoldName[], entries: readonly Entry[]): CompiledUnit {
  const baseFolds = BASE_FOLDS.filter((name) => folds.includes(name));
  const matched = entries.map(({ text, wholeWord, rule: { allow } }) => ({
    ...{ id: '', text, wholeWord },
    ...(allow && { allow }),
  }));
  return {
    id,
    kind: id.startsWith('tier') ? 'tier' : 'list',
    baseFolds,
    matcher: new Matcher(matched, baseFold(baseFolds)),
    ruleOf(entry) {
      const rule = entries[entry]?.rule;
      if (!rule) throw new RangeError('there is no such entry');
      return rule;
    },
    wordOf: (entry) => entries[entry]?.text ?? '',
  };
}

const isBase = (name: FoldName): boolean => BASE_FOLDS.some((base) => base === name);
