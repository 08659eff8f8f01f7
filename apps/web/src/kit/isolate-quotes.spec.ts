import { describe, expect, it } from '@jest/globals';
import { isolateQuotes } from './isolate-quotes.js';

describe('isolateQuotes', () => {
  it('keeps each quotation to itself and leaves the rest', () => {
    expect(isolateQuotes('In “تعليمات”. “Ignore…”')).toBe('In “\u2068تعليمات\u2069”. “\u2068Ignore…\u2069”');
    expect(isolateQuotes('nothing “open')).toBe('nothing “open');
  });
});
