import { describe, expect, it } from '@jest/globals';
import { DEFAULT_FOLDS } from './category-defaults.js';
import { compileWordTable } from './compile-word-table.js';
import { StreamScanner } from './stream-scanner.js';
import type { WordEntry } from './word-entry.js';

const tableOf = (action: WordEntry['action']) =>
  compileWordTable([
    { id: 'w', text: 'heliotrope', category: 'own', action },
    { id: 'z', text: '大麻', category: 'own', action },
    { id: 'd', text: 'dark matter', category: 'own', action },
  ]);

const tables = { log: tableOf('log'), redact: tableOf('redact'), stop: tableOf('stop') };

function read(action: WordEntry['action'], pieces: readonly string[]) {
  const scanner = new StreamScanner(tables[action]);
  const steps = [];
  for (const piece of pieces) {
    steps.push(scanner.push('content', piece));
    if (steps.at(-1)?.stopped) break;
  }
  if (!steps.at(-1)?.stopped) steps.push(scanner.end('content'));
  const hits = steps.flatMap((step) => step.hits).map(({ start, end }) => [start, end]);
  return { shown: steps.map(({ release }) => release).join(''), hits };
}

const WRITTEN = [
  ['A helio<b>trope</b>.', 'A ▇▇▇</b>.'],
  ['A helio[trope](/a).', 'A ▇▇▇](/a).'],
  ['A [helio](/a)trope.', 'A [▇▇▇.'],
  ['A helio<!-- x -->trope.', 'A ▇▇▇.'],
  ['吸大<i>麻</i>的', '吸▇▇▇</i>的'],
  ['A he[lio](http://x "t")trope.', 'A ▇▇▇.'],
  ['A &#104eliotrope and <a title="heliotrope">x</a>.', 'A ▇▇▇ and <a title="▇▇▇">x</a>.'],
  ['A **he<u>lio</u>**<wbr>trope.', 'A **▇▇▇.'],
  ['A heliotr<b>ope', 'A ▇▇▇'],
  ['> dark\n> matter, dark\n>**matter**', '> ▇▇▇, ▇▇▇**'],
  ['A *****helio*****trope.', 'A *****▇▇▇.'],
  ['dark<br>matter, dark <br/>\n matter, dark<br >matter', '▇▇▇, ▇▇▇, ▇▇▇'],
  ['helio<br>trope dark<td>matter', 'helio<br>trope dark<td>matter'],
  ['if helio < b and c > trope then [helio] (x)trope', 'if helio < b and c > trope then [helio] (x)trope'],
] as const;

/** As they stand in strings of JSON and of programs. */
const IN_STRINGS = [
  ['{"a":"x\\nheliotrope"}', '{"a":"x\\n▇▇▇"}'],
  ['{"a":"\\theliotrope\\r\\nis"}', '{"a":"\\t▇▇▇\\r\\nis"}'],
  ['{"a":"\\u201cheliotrope\\u201d"}', '{"a":"\\u201c▇▇▇\\u201d"}'],
  ['{"a":"\\n\\u0068eliotrope"}', '{"a":"\\n▇▇▇"}'],
  ['{"a":"\\ufeff\\u200bheliotrope"}', '{"a":"\\ufeff\\u200b▇▇▇"}'],
  ['{"a":"dark\\nmatter"}', '{"a":"▇▇▇"}'],
  ['{"a":"dark \\r\\n  matter"}', '{"a":"▇▇▇"}'],
  ['dark\\\nmatter', '▇▇▇'],
  ['{"a":"> dark\\n> matter"}', '{"a":"> ▇▇▇"}'],
  ['{"a":"helio<b>tr<\\/b>ope, dark<br\\/>matter"}', '{"a":"▇▇▇, ▇▇▇"}'],
  ['dark &shy; matter', '▇▇▇'],
  ['&nbspheliotrope &shyheliotrope', '&nbsp▇▇▇ &shy▇▇▇'],
  // A letter before it, or the end of a clause in a line's end.
  ['{"a":"\\u0041heliotrope 很大\\n\\n麻烦"}', '{"a":"\\u0041heliotrope 很大\\n\\n麻烦"}'],
] as const;

describe('words that escapes stand beside', () => {
  it.each(IN_STRINGS)('%s', (text, shown) => {
    const whole = read('redact', [text]);
    expect(whole.shown).toBe(shown);
    for (let at = 1; at < text.length; at++)
      expect(read('redact', [text.slice(0, at), text.slice(at)])).toEqual(whole);
    const before = shown.split('▇')[0];
    expect(read('stop', text.split('')).shown).toBe(before);
  });
});

describe('words that markup puts together', () => {
  it.each(WRITTEN)('%s', (text, shown) => {
    const whole = read('redact', [text]);
    expect(whole.shown).toBe(shown);
    expect(read('redact', text.split(''))).toEqual(whole);
    for (let at = 1; at < text.length; at++)
      expect(read('redact', [text.slice(0, at), text.slice(at)])).toEqual(whole);
  });

  it('show nothing of themselves before a stop, wherever the text is cut', () => {
    for (const [text, shown] of WRITTEN) {
      const before = shown.split('▇')[0];
      expect(read('stop', text.split('')).shown).toBe(before);
      for (let at = 1; at < text.length; at++)
        expect(read('stop', [text.slice(0, at), text.slice(at)]).shown).toBe(before);
    }
  });

  it('are reported over all that they go through', () => {
    expect(read('log', ['A he[lio](http://x "t")trope.']).hits).toEqual([[2, 28]]);
  });
});

describe('sounds that markup puts together', () => {
  const table = compileWordTable([{ id: 'f', text: '法轮功', category: 'own', action: 'redact' }], {
    folds: [...DEFAULT_FOLDS, 'pinyin'],
  });
  const shownOf = (pieces: readonly string[]) => {
    const scanner = new StreamScanner(table);
    const shown = pieces.map((piece) => scanner.push('content', piece).release).join('');
    return shown + scanner.end('content').release;
  };

  it.each([
    ['A fa<b>lun</b>gong b', 'A ▇▇▇ b'],
    ['A [fa](/a) **lun** gong b', 'A [▇▇▇ b'],
    ['{"a":"fa<b>lun<\\/b>gong"}', '{"a":"▇▇▇"}'],
    ['A fa<p>lun</p>gong b', 'A fa<p>lun</p>gong b'],
  ])('%s', (text, shown) => {
    expect(shownOf([text])).toBe(shown);
    for (let at = 1; at < text.length; at++) expect(shownOf([text.slice(0, at), text.slice(at)])).toBe(shown);
    expect(shownOf(text.split(''))).toBe(shown);
  });
});
