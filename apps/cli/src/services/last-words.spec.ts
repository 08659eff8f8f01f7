import { describe, expect, it } from '@jest/globals';
import { lastWords } from './last-words.js';

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
