import { describe, expect, it } from '@jest/globals';
import { DETECTOR_CATEGORIES } from './category-defaults.js';
import { compileWordTable } from './compile-word-table.js';
import { REDACTION_MARK as MARK } from './redacted-spans.js';
import { StreamScanner } from './stream-scanner.js';
import type { WordEntry } from './word-entry.js';

const WORDS: WordEntry[] = ['abcd dark', '----- boom'].map((text) => ({
  ...{ id: text, text, category: 'own', action: 'stop', allow: false },
}));
const actions = Object.fromEntries(DETECTOR_CATEGORIES.map(({ name }) => [name, 'redact' as const]));
const TABLE = compileWordTable(WORDS, { folds: ['case', 'interleave'], actions });

function scanned(pieces: readonly string[]) {
  const scanner = new StreamScanner(TABLE);
  let output = '';
  const hits: string[] = [];
  for (const piece of [...pieces, null]) {
    const step = piece === null ? scanner.end('content') : scanner.push('content', piece);
    output += step.release;
    hits.push(...step.hits.map(({ ruleId, start, end }) => `${ruleId} ${start}-${end}`));
    if (step.stopped) return { output, hits: hits.sort(), stopped: true };
  }
  return { output, hits: hits.sort(), stopped: false };
}
const cut = (text: string, length: number): string[] => text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];

const LONG = 'aB3x'.repeat(1_500);
const SWALLOWED = [
  `key sk-proj-${LONG}-abcd dark and the rest`,
  `password=${LONG}-abcd dark and the rest`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx${LONG}.${LONG}-abcd dark and the rest`,
  '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY----- boom and the rest',
];
const MARKED = [
  '\n_**bob@corp.exam<b>ple</b>**_',
  '大_**bob@corp.exam<b>ple</b>**_',
  '_~~b@p.e<b>r and more',
];

describe('an answer in pieces', () => {
  it.each(SWALLOWED)('stops at a word that begins in what is redacted, wherever it is cut: %#', (text) => {
    const whole = scanned([text]);
    expect(whole).toMatchObject({ stopped: true, output: expect.not.stringContaining('rest') });
    for (const length of [1, 3, 7, 50, 1_000]) expect(scanned(cut(text, length))).toEqual(whole);
  });

  it.each(MARKED)('is read past marks that follow one another as the whole is: %j', (text) => {
    const whole = scanned([text]);
    expect(whole.output).toContain(MARK);
    for (const length of [1, 2, 3, 5]) expect(scanned(cut(text, length))).toEqual(whole);
  });
});
