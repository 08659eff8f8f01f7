import { describe, expect, it } from '@jest/globals';
import { SCAN_ACTIONS, type ScanAction } from '@lorekeep/contracts/vocabulary';
import { BASE_FOLDS, baseFold, Matcher, type FoldName } from '@lorekeep/kit/matching';
import fc from 'fast-check';
import { compileWordTable } from './compile-word-table.js';
import { REDACTION_MARK as MARK } from './redacted-spans.js';
import { scanText } from './scan-text.js';
import type { CompiledUnit, ScanTable } from './scan-table.js';
import { StreamScanner } from './stream-scanner.js';
import { type WordEntry } from './word-entry.js';

/*
 * Own words with exceptions and two lists, read together, against the definition by brute force: a match is certain
 * when every continuation has it, and nothing is shown that some continuation makes part of one that is not.
 */

const LETTERS = ['f', 'i', '中', '大', ' '];
const LONGEST = 3;

interface Entry {
  id: string;
  text: string;
  action: ScanAction;
  wholeWord: boolean | undefined;
  /** 0: own words, the only ones that may be exceptions. */
  unit: 0 | 1 | 2;
  allow: boolean;
}
interface Match {
  entry: Entry;
  start: number;
  end: number;
}

const SPACED = /[fi]/;
const LETTER = /[fi中大]/;

function touches({ wholeWord }: Entry, edge: string, neighbour: string | undefined): boolean {
  if (neighbour === undefined || wholeWord === false) return false;
  return SPACED.test(edge) ? SPACED.test(neighbour) : wholeWord === true && LETTER.test(neighbour);
}

/** What stands in a whole text and is covered by no exception. */
function findAll(entries: readonly Entry[], text: string): Match[] {
  const found: Match[] = [];
  for (const entry of entries) {
    for (let at = text.indexOf(entry.text); at >= 0; at = text.indexOf(entry.text, at + 1)) {
      const end = at + entry.text.length;
      if (touches(entry, entry.text.charAt(0), text[at - 1])) continue;
      if (!touches(entry, entry.text.slice(-1), text[end])) found.push({ entry, start: at, end });
    }
  }
  const exceptions = found.filter(({ entry }) => entry.allow);
  return found.filter(
    ({ entry, start, end }) =>
      !entry.allow && !exceptions.some((one) => one.start <= start && one.end >= end),
  );
}

const nameOf = ({ entry, start, end }: Match) => `${entry.id} ${start}-${end}`;

const CONTINUATIONS = (() => {
  const all = [''];
  for (let from = 0, length = 1; length <= LONGEST; length++) {
    const to = all.length;
    for (; from < to; from++) for (const letter of LETTERS) all.push(all[from]! + letter);
  }
  return all;
})();

function decidedIn(entries: readonly Entry[], text: string, ended: boolean) {
  if (ended) return { certain: findAll(entries, text), border: text.length };
  const futures = CONTINUATIONS.map((continuation) => findAll(entries, text + continuation));
  const names = futures.map((future) => new Set(future.map(nameOf)));
  const certain = findAll(entries, text).filter((match) => names.every((has) => has.has(nameOf(match))));
  const known = new Set(certain.map(nameOf));
  const open = futures.flat().filter((match) => match.entry.action !== 'log' && !known.has(nameOf(match)));
  return { certain, border: Math.min(text.length, ...open.map(({ start }) => start)) };
}

function render(text: string, matches: readonly Match[], limit: number): string {
  const hidden = new Set<number>();
  for (const { entry, start, end } of matches)
    if (entry.action === 'redact') for (let i = start; i < end; i++) hidden.add(i);
  let shown = '';
  for (let i = 0; i < limit; i++) {
    if (!hidden.has(i)) shown += text[i];
    else if (!hidden.has(i - 1)) shown += MARK;
  }
  return shown;
}

/** Everything that may have been shown at each length of the text and at its end, up to a stop. */
function byDefinition(entries: readonly Entry[], text: string) {
  const steps: { shown: string; stop: number | undefined }[] = [];
  for (let length = 1; length <= text.length + 1; length++) {
    const { certain, border } = decidedIn(entries, text.slice(0, length), length > text.length);
    const stops = certain.filter(({ entry }) => entry.action === 'stop').map(({ start }) => start);
    const stop = stops.length === 0 ? undefined : Math.min(...stops);
    steps.push({ shown: render(text, certain, Math.min(border, stop ?? Infinity)), stop });
    if (stop !== undefined) break;
  }
  return steps;
}

function listOf(id: string, entries: readonly Entry[]): CompiledUnit {
  const words = entries.map(({ text, wholeWord }) => ({ id: '', text, wholeWord }));
  return {
    ...{ id, kind: 'words', baseFolds: BASE_FOLDS },
    matcher: new Matcher(words, baseFold(BASE_FOLDS)),
    ruleOf(entry) {
      const { id: ruleId, action } = entries[entry]!;
      return { ruleId, category: 'c', allow: false, action };
    },
    wordOf: (entry) => entries[entry]!.text,
  };
}

function tableOf(entries: readonly Entry[], folds: readonly FoldName[] = BASE_FOLDS): ScanTable {
  const own = entries
    .filter(({ unit }) => unit === 0)
    .map((entry): WordEntry => ({ ...entry, category: 'c' }));
  const table = compileWordTable(own, { folds });
  const lists = [1, 2].map((unit) =>
    listOf(
      `l${unit}`,
      entries.filter((entry) => entry.unit === unit),
    ),
  );
  return { ...table, units: [...table.units, ...lists.filter(({ matcher }) => matcher.entries.length > 0)] };
}

function read(table: ScanTable, pieces: readonly string[]) {
  const scanner = new StreamScanner(table);
  const steps: { shown: string; stop: number | undefined }[] = [];
  const hits: string[] = [];
  let shown = '';
  for (const piece of [...pieces, null]) {
    const step = piece === null ? scanner.end('content') : scanner.push('content', piece);
    shown += step.release;
    steps.push({ shown, stop: step.stopped?.start });
    hits.push(...step.hits.map(({ ruleId, start, end }) => `${ruleId} ${start}-${end}`));
    if (step.stopped) break;
  }
  return { steps, hits: hits.sort(), last: steps.at(-1) };
}

const entryOf = fc.record({
  text: fc.array(fc.constantFrom(...LETTERS.slice(0, 4)), { minLength: 1, maxLength: LONGEST }),
  action: fc.constantFrom(...SCAN_ACTIONS),
  wholeWord: fc.constantFrom(undefined, undefined, false, true),
  unit: fc.constantFrom(0 as const, 0 as const, 1 as const, 2 as const),
  allow: fc.boolean(),
});
const entryList = fc.array(entryOf, { minLength: 2, maxLength: 6 }).map((entries) =>
  entries.map((entry, i): Entry => ({
    ...entry,
    ...{ id: `w${i}`, text: entry.text.join(''), allow: entry.allow && entry.unit === 0 },
  })),
);
const someText = fc
  .array(fc.constantFrom(...LETTERS, 'f', '中'), { minLength: 1, maxLength: 8 })
  .map((letters) => letters.join(''));

/** Nothing is shown that a continuation can reach, a stop is where it must be, and nothing is late by more than a unit. */
function expectExact(steps: ReturnType<typeof read>['steps'], entries: readonly Entry[], text: string): void {
  const expected = byDefinition(entries, text);
  expect(steps.map(({ stop }) => stop)).toEqual(expected.map(({ stop }) => stop));
  steps.forEach(({ shown }, i) => {
    expect(expected[i]!.shown.startsWith(shown)).toBe(true);
    // Between two readers, a match that waits for its right edge waits although an exception will cover it.
    if (i > 0) expect(shown.startsWith(expected[i - 1]!.shown)).toBe(true);
  });
  expect(steps.at(-1)).toEqual(expected.at(-1));
}

describe('exact hold-back of several readers', () => {
  // What costs is the table of each list of words: all that is asked of one is asked at once.
  it('shows nothing that a continuation can reach, reports every match that no exception covers, however the text is cut', () => {
    fc.assert(
      fc.property(entryList, someText, fc.integer({ min: 1, max: 7 }), (entries, text, at) => {
        const table = tableOf(entries);
        const { steps, hits, last } = read(table, text.split(''));
        expectExact(steps, entries, text);
        if (last?.stop === undefined) expect(hits).toEqual(findAll(entries, text).map(nameOf).sort());
        expect(read(table, [text])).toMatchObject({ hits, last });
        expect(read(table, [text.slice(0, at), text.slice(at)])).toMatchObject({ hits, last });
      }),
      { seed: 20261121, numRuns: 600 },
    );
  });
});

describe('exceptions over several readers', () => {
  const base = { action: 'redact', wholeWord: undefined, unit: 1, allow: false } as const;

  it('cover what is recorded alone, also when it has been shown before it is certain', () => {
    const entries: Entry[] = [
      { ...base, id: 'not', text: 'not amber', unit: 0, allow: true, wholeWord: false },
      { ...base, id: 'amber', text: 'amber', action: 'log' },
    ];
    for (const pieces of [['not amber here, amber'], 'not amber here, amber'.split('')])
      expect(read(tableOf(entries), pieces).hits).toEqual(['amber 16-21']);
  });

  it('are found by the folds of their own category', () => {
    const folds: readonly FoldName[] = [...BASE_FOLDS, 'interleave'];
    const own: WordEntry[] = [
      { id: 'x', text: '别的', category: 'plain', action: 'redact', wholeWord: undefined },
      { id: 'a', text: '大麻烦', category: 'folded', action: 'redact', wholeWord: undefined, allow: true },
    ];
    const { units, policy } = compileWordTable(own, { folds });
    const list = listOf('l', [{ ...base, id: 'w', text: '大麻', action: 'redact' }]);
    const of = (category: string) => ({ ...policy.of(category), folds: category === 'plain' ? [] : folds });
    const table = { version: 1, units: [...units, list], policy: { key: 'folds by category', of } };
    expect(scanText(table, '很大-麻-烦').text).toBe('很大-麻-烦');
    expect(scanText(table, '很大-麻').text).toBe(`很${MARK}`);
  });
});

describe('a private key that is being withheld', () => {
  it('takes no other hit with it', () => {
    const actions = {
      'secret.private-key': 'redact',
      'secret.token': 'redact',
      'secret.password': 'redact',
    } as const;
    const table = compileWordTable([], { folds: BASE_FOLDS, actions });
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'.repeat(3)}-----END PRIVATE KEY-----`;
    const text = `password: ghp_0123456789abcdefghijABCDEFGHIJ012345${key}`;
    // The end of the key is what was known of it when it was reported.
    const rules = (pieces: string[]) => read(table, pieces).hits.map((hit) => hit.replace(/-\d+$/, ''));
    expect(rules(text.split(''))).toEqual(rules([text]));
  });
});
