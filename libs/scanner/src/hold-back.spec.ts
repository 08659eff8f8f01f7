import { describe, expect, it } from '@jest/globals';
import { SCAN_ACTIONS } from '@lorekeep/contracts/vocabulary';
import { BASE_FOLDS } from '@lorekeep/kit/matching';
import fc from 'fast-check';
import { compileWordTable } from './compile-word-table.js';
import { REDACTION_MARK } from './redacted-spans.js';
import { StreamScanner } from './stream-scanner.js';
import { type WordEntry } from './word-entry.js';

/*
 * The scanner against its definition, by brute force: every continuation over an alphabet that can
 * complete every word is tried, so that the border between shown and held is known, not computed cleverly.
 */

/** The whole world of these tests: characters and what they fold to. */
const FOLDED: Record<string, string> = {
  ...{ f: 'f', i: 'i', F: 'f', ｆ: 'f', '𝐟': 'f', í: 'i', ﬁ: 'fi', ﬀ: 'ff', ﬃ: 'ffi' },
  ...{ ' ': ' ', '\n': ' ', 中: '中', か: 'か', が: 'か\u3099', '\u3099': '\u3099' },
  ...{ '\u200b': '', '\u0301': '', '\u{e0100}': '', '😀': '😀' },
};
const LETTERS = ['f', 'i', '中', 'か', ' ', '😀'];
const LONGEST = 4;

interface Found {
  word: WordEntry;
  start: number;
  end: number;
  /** Folded units up to and with the one that made it certain. */
  certain: boolean;
}

const SPACED = /^[fi]$/;
const LETTER = /^(?:[fi中か]|\u3099)$/;

function unitsOf(text: string) {
  const units: { unit: string; start: number; end: number }[] = [];
  let at = 0;
  for (const character of text) {
    const folded = FOLDED[character] ?? '\ufffd';
    for (const unit of folded.split('')) units.push({ unit, start: at, end: at + character.length });
    at += character.length;
  }
  return units;
}

/** Whether `neighbour` forbids a boundary at an edge of the word. */
function touches(word: WordEntry, edge: string, neighbour: string, after: boolean): boolean {
  if (after && neighbour === '\u3099' && edge === 'か') return true;
  if (word.wholeWord === false || !LETTER.test(edge)) return false;
  if (SPACED.test(edge)) return SPACED.test(neighbour);
  return word.wholeWord === true && LETTER.test(neighbour);
}

function findAll(words: readonly WordEntry[], text: string, ended: boolean): Found[] {
  const units = unitsOf(text);
  const found: Found[] = [];
  for (const word of words) {
    const pattern = word.text.split('');
    for (let i = 0; i + pattern.length <= units.length; i++) {
      if (!pattern.every((unit, j) => units[i + j]!.unit === unit)) continue;
      const [first, last] = [pattern[0]!, pattern.at(-1)!];
      if (i > 0 && touches(word, first, units[i - 1]!.unit, false)) continue;
      const next = units[i + pattern.length]?.unit;
      if (next !== undefined && touches(word, last, next, true)) continue;
      const couldBeDenied = [...LETTERS, '\u3099'].some((letter) => touches(word, last, letter, true));
      const certain = next !== undefined || ended || !couldBeDenied;
      found.push({ word, start: units[i]!.start, end: units[i + pattern.length - 1]!.end, certain });
    }
  }
  return found;
}

const CONTINUATIONS = (() => {
  const all = [''];
  for (let from = 0, length = 1; length < LONGEST; length++) {
    const to = all.length;
    for (; from < to; from++) for (const letter of LETTERS) all.push(all[from]! + letter);
  }
  return all;
})();

/** The first position that some continuation makes part of a match that is not certain now. */
function border(words: readonly WordEntry[], text: string, ended: boolean): number {
  if (ended) return text.length;
  const now = findAll(words, text, false).filter((match) => match.certain);
  const isCertain = (match: Found) =>
    now.some((m) => m.word === match.word && m.start === match.start && m.end === match.end);
  let first = text.length;
  for (const continuation of CONTINUATIONS) {
    for (const match of findAll(words, text + continuation, true)) {
      if (match.word.action !== 'log' && match.start < first && !isCertain(match)) first = match.start;
    }
  }
  return first;
}

function render(text: string, matches: readonly Found[], limit: number): string {
  const redacted = new Set<number>();
  for (const { word, start, end } of matches) {
    if (word.action === 'redact') for (let i = start; i < end; i++) redacted.add(i);
  }
  let shown = '';
  for (let i = 0; i < limit; i++) {
    if (!redacted.has(i)) shown += text[i];
    else if (!redacted.has(i - 1)) shown += REDACTION_MARK;
  }
  return shown;
}

/** Everything that may have been shown when `text` has arrived, and where a stop struck. */
function byDefinition(words: readonly WordEntry[], text: string, ended: boolean) {
  const complete = !ended && /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
  const steps: [string, boolean][] = [];
  let prefix = '';
  for (const character of complete) steps.push([(prefix += character), false]);
  if (ended) steps.push([complete, true]);
  for (const [part, over] of steps) {
    const certain = findAll(words, part, over).filter((match) => match.certain);
    const stops = certain.filter((match) => match.word.action === 'stop').map((match) => match.start);
    if (stops.length === 0) continue;
    const stop = Math.min(...stops);
    return { shown: render(part, certain, Math.min(stop, border(words, part, over))), stop };
  }
  const certain = findAll(words, complete, ended).filter((match) => match.certain);
  return { shown: render(complete, certain, border(words, complete, ended)), stop: undefined };
}

const character = fc.constantFrom(...Object.keys(FOLDED), 'f', 'i', 'f', 'i', '中');
const wordText = fc
  .array(fc.constantFrom('f', 'i', '中', 'か', '😀', 'f', 'i'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''))
  .filter((text) => text.length <= LONGEST);
const wordList = fc
  .array(fc.tuple(wordText, fc.constantFrom(...SCAN_ACTIONS), fc.constantFrom(undefined, false, true)), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) =>
    words.map(([text, action, wholeWord], i): WordEntry => ({
      id: `w${i}`,
      text,
      category: 'c',
      action,
      wholeWord,
    })),
  );
/** Chunks are cut between UTF-16 units, so through characters too. */
const chunks = fc
  .tuple(fc.array(character, { maxLength: 12 }), fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }))
  .map(([characters, cuts]) => {
    const pieces = [''];
    characters
      .join('')
      .split('')
      .forEach((unit, i) => {
        pieces[pieces.length - 1] += unit;
        if (cuts[i]) pieces.push('');
      });
    return pieces;
  });

type Table = ReturnType<typeof compileWordTable>;

/** After every chunk, all is shown that no continuation can reach, and nothing more. */
function expectExact(table: Table, words: readonly WordEntry[], pieces: readonly string[]): void {
  const scanner = new StreamScanner(table);
  let arrived = '';
  let shown = '';
  const check = (ended: boolean, step: { release: string; stopped?: { start: number } }) => {
    shown += step.release;
    const expected = byDefinition(words, arrived, ended);
    expect({ shown, stop: step.stopped?.start }).toEqual(expected);
  };
  for (const piece of pieces) {
    arrived += piece;
    check(false, scanner.push('content', piece));
  }
  check(true, scanner.end('content'));
}

/** The same is shown and reported for every way of cutting the text: each certain match, unless a stop came first. */
function expectSame(table: Table, words: readonly WordEntry[], pieces: readonly string[]): void {
  const text = pieces.join('');
  const inPieces = run(table, pieces);
  expect(run(table, [text])).toEqual(inPieces);
  expect(run(table, text.split(''))).toEqual(inPieces);
  if (byDefinition(words, text, true).stop !== undefined) return;
  const expected = findAll(words, text, true).map((m) => `${m.word.id} ${m.start}-${m.end}`);
  expect(inPieces.hits.map((hit) => `${hit.ruleId} ${hit.start}-${hit.end}`).sort()).toEqual(expected.sort());
}

describe('exact hold-back', () => {
  // What costs is the table of each list of words: all that is asked of one is asked at once.
  const tableOf = (words: readonly WordEntry[]) => compileWordTable(words, { folds: BASE_FOLDS });

  it('shows after every chunk all that no continuation can reach, and nothing more, and reports the same', () => {
    fc.assert(
      fc.property(wordList, chunks, (words, pieces) => {
        const table = tableOf(words);
        expectExact(table, words, pieces);
        expectSame(table, words, pieces);
      }),
      { seed: 20261121, numRuns: 800 },
    );
  });

  it('reports every certain match, whatever its action and however the text is cut', () => {
    fc.assert(
      fc.property(wordList, chunks, (words, pieces) => expectSame(tableOf(words), words, pieces)),
      { seed: 318, numRuns: 1200 },
    );
  });
});

function run(table: Table, pieces: readonly string[]) {
  const scanner = new StreamScanner(table);
  const steps = pieces.map((piece) => scanner.push('content', piece));
  steps.push(scanner.end('content'));
  return {
    shown: steps.map((step) => step.release).join(''),
    hits: steps.flatMap((step) => step.hits),
    stopped: steps.at(-1)?.stopped,
  };
}
