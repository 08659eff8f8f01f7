import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lastWords, lastWordsIn, whyUnwritten } from './last-words.js';

const SETTINGS =
  'gateway cannot start: configuration is not valid:\n  LOG_LEVEL: wrong\n  DATABASE_POOL: small';

describe('lastWords', () => {
  it('names every wrong setting', () => {
    const log = `{"level":"info"}\n${SETTINGS}\n`;
    expect(lastWords(Buffer.from(log))).toBe(SETTINGS);
    expect(lastWords(Buffer.from(`${log}node: later\n  at nowhere\n`))).toBe(SETTINGS);
  });

  it('takes the last sentence of several', () => {
    const log = `gateway cannot start: one\n  A: b\n{"level":"info"}\ngateway cannot start: two\n`;
    expect(lastWords(Buffer.from(log))).toBe('gateway cannot start: two');
  });

  it('keeps the end of what it wrote where there is no sentence', () => {
    expect(lastWords(Buffer.from(`${'x'.repeat(5000)}\nend\n`))).toMatch(/^x{1995}\nend$/);
    expect(lastWords(Buffer.from(''))).toBe('');
  });
});

describe('lastWordsIn', () => {
  it('reads a log from where a service began, and adds nothing where it can be written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lorekeep-words-'));
    const log = join(folder, 'engine.log');
    writeFileSync(log, 'before\nafter\n');
    expect(lastWordsIn(log, 7)).toBe('after');
    rmSync(folder, { recursive: true });
  });

  it('says why a service could write nothing', () => {
    expect(whyUnwritten('/dev/full')).toBe('Its log /dev/full cannot be written: the disk is full.');
    expect(whyUnwritten('/')).toBe('Its log / cannot be written: EISDIR.');
  });
});
