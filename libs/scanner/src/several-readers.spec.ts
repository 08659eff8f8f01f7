import { describe, expect, it } from '@jest/globals';
import type { PolicyAction } from '@lorekeep/contracts';
import { baseFold, Matcher } from '@lorekeep/kit/matching';
import fc from 'fast-check';
import { DETECTOR_CATEGORIES } from './category-defaults.js';
import { compileWordTable } from './compile-word-table.js';
import { REDACTION_MARK as MARK } from './redacted-spans.js';
import { scanText } from './scan-text.js';
import type { CompiledUnit, ScanTable } from './scan-table.js';
import { StreamScanner } from './stream-scanner.js';
import type { WordEntry } from './word-entry.js';

const FOLDS = ['case', 'width', 'compatibility', 'traditional', 'interleave', 'repeat'] as const;
const KEY = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n'.repeat(4)}-----END PRIVATE KEY-----`;

const word = (text: string, action: WordEntry['action'], allow = false): WordEntry => ({
  ...{ id: text, text, category: 'own', action, allow },
});

function listUnit(id: string, action: WordEntry['action'], texts: readonly string[]): CompiledUnit {
  const baseFolds = ['case', 'width', 'compatibility', 'traditional'] as const;
  return {
    ...{ id, kind: 'list', baseFolds },
    matcher: new Matcher(
      texts.map((text) => ({ id: '', text })),
      baseFold(baseFolds),
    ),
    ruleOf: (entry) => ({ ruleId: `list:${id}:${entry}`, category: id, allow: false, action }),
    wordOf: (entry) => texts[entry] ?? '',
  };
}

/** Own words with exceptions, a list that masks, one that stops, and all detectors. */
function table(secrets: PolicyAction = 'redact'): ScanTable {
  const actions = Object.fromEntries(DETECTOR_CATEGORIES.map(({ name }) => [name, secrets]));
  const own = [word('大麻烦', 'redact', true), word('not amber', 'redact', true), word('紫薯', 'log')];
  const { units, policy } = compileWordTable(own, { folds: FOLDS, actions });
  const lists = [
    listUnit('masked', 'redact', ['大麻', 'amber']),
    listUnit('stopped', 'stop', ['黑市', 'ricin']),
  ];
  return { version: 1, units: [...units, ...lists], policy };
}

function stream(over: ScanTable, pieces: readonly string[]) {
  const scanner = new StreamScanner(over);
  let output = '';
  let stopped;
  const hits = [];
  for (const piece of [...pieces, null]) {
    const step = piece === null ? scanner.end('content') : scanner.push('content', piece);
    output += step.release;
    hits.push(...step.hits);
    if ((stopped = step.stopped)) break;
  }
  return { output, stopped, hits: hits.map(({ ruleId, start }) => `${ruleId} ${start}`).sort() };
}

describe('several readers of one text', () => {
  it('has exceptions of own words cover what lists forbid', () => {
    expect(scanText(table(), '很大麻烦，大麻').text).toBe(`很大麻烦，${MARK}`);
    expect(scanText(table(), 'not amber, but amber').text).toBe(`not amber, but ${MARK}`);
  });

  it('holds a forbidden word while an exception may still cover it, and no longer', () => {
    const scanner = new StreamScanner(table());
    expect(scanner.push('content', '很大麻').release).toBe('很');
    expect(scanner.push('content', '烦').release).toBe('大麻烦');
    expect(scanner.push('content', '大麻').release).toBe('');
    expect(scanner.push('content', '好').release).toBe(`${MARK}好`);
  });

  it('shows nothing of a stopping word, whichever reader finds it, and what stands before it', () => {
    expect(scanText(table(), '大麻 and ricin here')).toMatchObject({
      text: `${MARK} and `,
      stopped: { ruleId: 'list:stopped:1', category: 'stopped' },
    });
    expect(scanText(table('stop'), 'mail anna@example.com now').text).toBe('mail ');
  });

  it('swallows a private key to its footer, as one mark and one hit', () => {
    const { output, hits } = stream(table(), [`key: ${KEY}`, ' end']);
    expect(output).toBe(`key: ${MARK} end`);
    expect(hits).toHaveLength(1);
  });

  it('swallows a key without an end and keeps nothing of it', () => {
    const scanner = new StreamScanner(table());
    scanner.push('content', 'key: -----BEGIN PRIVATE KEY-----\n');
    let shown = '';
    for (let i = 0; i < 5_000; i++) shown += scanner.push('content', 'MIIEvQIBADANBgkqhkiG9w0BAQEF').release;
    expect(shown).toBe('');
    expect(scanner.held('content')).toBeLessThan(100);
  });

  it('records a private key that is not withheld once, with its end, however the text is cut', () => {
    const text = `key: ${KEY} end`;
    const pieces = [[text], text.split(''), [text.slice(0, 40), text.slice(40)]];
    for (const all of pieces) {
      const scanner = new StreamScanner(table('log'));
      const hits = all.flatMap((piece) => scanner.push('content', piece).hits);
      hits.push(...scanner.end('content').hits);
      expect(hits).toMatchObject([{ ruleId: 'detector:secret.private-key', start: 5, end: 5 + KEY.length }]);
    }
    const open = new StreamScanner(table('log'));
    expect(open.push('content', text.slice(0, 80)).hits).toEqual([]);
    expect(open.end('content').hits).toMatchObject([{ start: 5, end: 80 }]);
  });

  it('withholds a private key whole, however the text is cut, although an exception covers its beginning', () => {
    const { units } = compileWordTable([word('-----BEGIN PRIVATE KEY-----', 'redact', true)], { folds: [] });
    const over = { ...table(), units };
    const text = `key: ${KEY} end`;
    expect(stream(over, [text])).toEqual(stream(over, text.split('')));
    expect(stream(over, [text]).output).toBe(`key: ${MARK} end`);
  });

  it('has exceptions cover recorded words that are certain only after them', () => {
    const actions = { masked: 'log' } as const;
    const { units, policy } = compileWordTable([word('A', 'log', true)], { folds: ['case'], actions });
    const over = { version: 1, units: [...units, listUnit('masked', 'log', ['A', 'zz'])], policy };
    expect(stream(over, ['b A b zz'])).toEqual(stream(over, 'b A b zz'.split('')));
    expect(stream(over, 'b A b zz'.split('')).hits).toEqual(['list:masked:1 6']);
  });

  it('comes to an end with a text full of exceptions', () => {
    const { units, policy } = compileWordTable([word('大', 'redact', true)], { folds: [] });
    const over = { version: 1, units: [...units, listUnit('masked', 'redact', ['大', '大大'])], policy };
    expect(scanText(over, '大'.repeat(100_000)).text).toBe(MARK);
  });

  it('gives the operator the text of words and nothing of a detector', () => {
    const details: string[] = [];
    const scanner = new StreamScanner(table(), ({ ruleId, original }) =>
      details.push(`${ruleId}=${original}`),
    );
    scanner.push('content', 'ＡＭＢＥＲ then anna@example.com ');
    scanner.end('content');
    expect(details).toEqual(['list:masked:1=ＡＭＢＥＲ', 'detector:personal-data.email=']);
  });

  it('finds words by their sound where the category has it on, and exceptions cover these too', () => {
    const own = [word('大麻', 'redact'), word('大妈', 'redact', true)];
    const heard = compileWordTable(own, { folds: [...FOLDS, 'pinyin'] });
    expect(scanText(heard, '出售大嘛。')).toMatchObject({
      text: `出售${MARK}。`,
      hits: [{ ruleId: '大麻', folds: ['pinyin'] }],
    });
    expect(scanText(compileWordTable(own, { folds: FOLDS }), '出售大嘛。').hits).toEqual([]);
    expect(scanText(heard, '隔壁大妈。').hits).toEqual([]);
  });

  it.each([['redact'], ['stop']] as const)('does not depend on how the text is cut (%s)', (secrets) => {
    const over = table(secrets);
    const parts = [
      ...[
        '大',
        '麻',
        '烦',
        '大麻',
        '大麻烦',
        '黑',
        '市',
        'ricin',
        'ric',
        'amber',
        'not amber',
        'am-b',
        '紫薯',
      ],
      ...[
        ' ',
        ', ',
        '。',
        'a',
        '😀',
        '\ud83d',
        'anna@example.com',
        '13800138000',
        'not ',
        'ghp_',
        KEY,
        '-----',
      ],
    ];
    const texts = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        (text, sizes) => {
          const pieces: string[] = [];
          for (let at = 0, i = 0; at < text.length; at += sizes[i++ % sizes.length] ?? 1)
            pieces.push(text.slice(at, at + (sizes[i % sizes.length] ?? 1)));
          expect(stream(over, pieces)).toEqual(stream(over, [...text.split('')]));
        },
      ),
      { seed: 51_121, numRuns: 400 },
    );
  });
});
