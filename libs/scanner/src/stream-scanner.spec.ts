import { describe, expect, it } from '@jest/globals';
import type { ScanAction } from '@lorekeep/contracts';
import { compileWordTable } from './compile-word-table.js';
import { REDACTION_MARK as MARK } from './redacted-spans.js';
import { scanText } from './scan-text.js';
import { CHANNEL_LIMIT, StreamScanner } from './stream-scanner.js';
import type { WordEntry } from './word-entry.js';

type Given = [text: string, action: ScanAction, wholeWord?: boolean];

const tableOf = (...words: Given[]) =>
  compileWordTable(
    words.map(([text, action, wholeWord], i): WordEntry => ({
      id: `w${i}`,
      text,
      category: 'test',
      action,
      wholeWord,
    })),
  );
/** What is shown after each chunk, and at the end. */
const shownBy = (words: Given[], chunks: string[]) => {
  const scanner = new StreamScanner(tableOf(...words));
  return [...chunks.map((chunk) => scanner.push('content', chunk).release), scanner.end('content').release];
};

describe('StreamScanner', () => {
  it('shows clean text at once', () => {
    expect(shownBy([['secret', 'stop']], ['Hello ', 'world', '，你好'])).toEqual([
      'Hello ',
      'world',
      '，你好',
      '',
    ]);
    expect(shownBy([], ['any', 'thing'])).toEqual(['any', 'thing', '']);
  });

  it('holds back what may still become a word, and no more', () => {
    expect(shownBy([['secret', 'redact']], ['a sec', 'ond', ' s', 'ecret', '.'])).toEqual([
      'a ',
      'second',
      ' ',
      '',
      `${MARK}.`,
      '',
    ]);
  });

  it('shows Chinese as soon as a word is complete', () => {
    expect(shownBy([['敏感词', 'redact']], ['这是敏', '感', '词', '吗'])).toEqual([
      '这是',
      '',
      MARK,
      '吗',
      '',
    ]);
  });

  it('holds nothing for words that are only logged', () => {
    const scanner = new StreamScanner(tableOf(['secret', 'log']));
    expect(scanner.push('content', 'a sec')).toEqual({ release: 'a sec', hits: [] });
    expect(scanner.push('content', 'ret').release).toBe('ret');
    expect(scanner.end('content').hits).toEqual([
      {
        channel: 'content',
        ruleId: 'w0',
        category: 'test',
        severity: 'medium',
        action: 'log',
        start: 2,
        end: 8,
        folds: [],
      },
    ]);
  });

  it('holds nothing for a word that can no longer begin a word', () => {
    expect(shownBy([['secret', 'stop']], ['xsec', 'xx sec'])).toEqual(['xsec', 'xx ', 'sec']);
  });

  it('decides a whole word one character later, or at the end', () => {
    expect(shownBy([['ass', 'redact']], ['ass', 'et ', 'ass'])).toEqual(['', 'asset ', '', MARK]);
  });

  it('gives one mark to redactions that overlap or touch', () => {
    const words: Given[] = [
      ['甲乙', 'redact'],
      ['乙丙', 'redact'],
      ['丁', 'redact'],
    ];
    expect(scanText(tableOf(...words), '甲乙丙丁戊丁').text).toBe(`${MARK}戊${MARK}`);
    expect(shownBy(words, ['甲', '乙', '丙', '丁', '戊', '丁']).join('')).toBe(`${MARK}戊${MARK}`);
  });

  it('lets the strictest action win where words overlap', () => {
    const words: Given[] = [
      ['甲乙', 'log'],
      ['乙丙', 'redact'],
      ['丙丁', 'stop'],
    ];
    const table = tableOf(...words);
    expect(scanText(table, '甲乙X').text).toBe('甲乙X');
    expect(scanText(table, '甲乙丙X').text).toBe(`甲${MARK}X`);
    expect(scanText(table, '甲乙丙丁X')).toMatchObject({ text: `甲${MARK}`, stopped: { ruleId: 'w2' } });
  });

  it('redacts a longer word although a shorter one was complete before', () => {
    const words: Given[] = [
      ['敏感', 'redact'],
      ['敏感词', 'stop'],
    ];
    expect(shownBy(words, ['敏', '感', '的'])).toEqual(['', '', `${MARK}的`, '']);
    expect(shownBy(words, ['敏', '感', '词'])).toEqual(['', '', '', '']);
  });

  it.each(['secretword', '机密文件', 'ＳＥＣＲＥＴword', 's\u200be\u0301cretword', '𝐬ecretword'])(
    'never shows a prefix of a word that stops, wherever it is cut: %s',
    (written) => {
      const table = tableOf(['secretword', 'stop'], ['机密文件', 'stop']);
      const text = `before ${written} after`;
      for (let first = 0; first <= text.length; first++) {
        for (let second = first; second <= text.length; second++) {
          const scanner = new StreamScanner(table);
          let shown = '';
          for (const chunk of [text.slice(0, first), text.slice(first, second), text.slice(second)]) {
            shown += scanner.push('content', chunk).release;
          }
          const last = scanner.end('content');
          expect(shown + last.release).toBe('before ');
          expect(last.stopped).toMatchObject({ action: 'stop', start: 7, end: 7 + written.length });
        }
      }
    },
  );

  it('refuses everything after a stop, in every channel', () => {
    const scanner = new StreamScanner(tableOf(['stop', 'stop']));
    expect(scanner.push('reasoning', 'thinking').release).toBe('thinking');
    expect(scanner.push('content', 'a stop.').stopped).toBeDefined();
    for (const channel of ['content', 'reasoning', 'tool']) {
      expect(scanner.push(channel, 'more')).toMatchObject({
        release: '',
        hits: [],
        stopped: { ruleId: 'w0' },
      });
      expect(scanner.end(channel)).toMatchObject({ release: '', stopped: { ruleId: 'w0' } });
    }
  });

  it('reads each channel as a text of its own', () => {
    const scanner = new StreamScanner(tableOf(['secret', 'redact']));
    expect(scanner.push('content:0', 'sec').release).toBe('');
    expect(scanner.push('content:1', 'ret').release).toBe('ret');
    expect(scanner.held('content:0')).toBe(3);
    expect(scanner.push('content:0', 'ret').release).toBe('');
    expect(scanner.end('content:0')).toMatchObject({ release: MARK, hits: [{ channel: 'content:0' }] });
    expect(scanner.end('content:1').release).toBe('');
  });

  it('never shows half a character', () => {
    expect(shownBy([['秘', 'redact']], ['a\ud83d', '\ude00b', '\ud83d'])).toEqual(['a', '😀b', '', '\ud83d']);
    expect(shownBy([], ['\ud83d', 'x'])).toEqual(['', '\ud83dx', '']);
  });

  it('finds words with characters outside the basic plane, cut through', () => {
    expect(shownBy([['💣💣', 'redact']], [...'a💣💣b'].join('').split(''))).toEqual([
      'a',
      '',
      '',
      '',
      MARK,
      'b',
      '',
    ]);
  });

  it('redacts evasions in the original text', () => {
    const table = tableOf(['secret', 'redact'], ['敏感词', 'redact']);
    expect(scanText(table, 'A ＳｅＣｒＥｔ, a s\u200bec\u00adret, a śėčŕęț; 敏\u200d感\ufeff词!').text).toBe(
      `A ${MARK}, a ${MARK}, a ${MARK}; ${MARK}!`,
    );
  });

  it('takes no text after the end of a channel, and nothing after a failure', () => {
    const scanner = new StreamScanner(tableOf(['a', 'stop', false]));
    scanner.end('content');
    expect(() => scanner.push('content', 'b')).toThrow(/SCANNER_MISUSED/);
    expect(() => scanner.push('reasoning', 'b')).toThrow(/SCANNER_MISUSED/);
  });

  it('fails for good when its table is broken', () => {
    const table = tableOf(['secret', 'redact']);
    let isBroken = false;
    const units = table.units.map((unit) => ({
      ...unit,
      ruleOf: (entry: number) => {
        if (isBroken) throw new RangeError('there is no such entry');
        return unit.ruleOf(entry);
      },
    }));
    const scanner = new StreamScanner({ ...table, units });
    isBroken = true;
    expect(() => scanner.push('content', 'a secret.')).toThrow(/SCANNER_UNAVAILABLE/);
    expect(() => scanner.push('content', 'more')).toThrow(/SCANNER_MISUSED/);
  });

  it('has room for so many channels and no more', () => {
    const scanner = new StreamScanner(tableOf(['secret', 'stop']));
    for (let i = 0; i < CHANNEL_LIMIT; i++) scanner.push(String(i), 'x');
    expect(() => scanner.push('one more', 'x')).toThrow(/SCANNER_MISUSED/);
  });

  it('keeps streams on one table apart', () => {
    const table = tableOf(['secret', 'redact']);
    const [one, two] = [new StreamScanner(table), new StreamScanner(table)];
    one.push('content', 'sec');
    expect(two.push('content', 'ret').release).toBe('ret');
  });
});
