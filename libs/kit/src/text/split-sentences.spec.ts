import { describe, expect, it } from '@jest/globals';
import { dominantLanguage, sentences } from './index.js';

const cut = (text: string): string[] => sentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it('cuts English', () => {
    expect(cut('You get 25 days. Ask HR! Really? Yes.')).toEqual([
      'You get 25 days.',
      'Ask HR!',
      'Really?',
      'Yes.',
    ]);
    expect(cut('He said "Go." Then left.')).toEqual(['He said "Go."', 'Then left.']);
  });

  it('keeps numbers, abbreviations, versions and initials whole', () => {
    expect(cut('It costs 3.50 euro, e.g. by card. Dr. Smith and J. Doe use v2.1 of app.exe daily.')).toEqual([
      'It costs 3.50 euro, e.g. by card.',
      'Dr. Smith and J. Doe use v2.1 of app.exe daily.',
    ]);
  });

  it('cuts Chinese with its closing marks', () => {
    expect(cut('年假为15天。他说：“好的。”然后呢？没有了')).toEqual([
      '年假为15天。',
      '他说：“好的。”',
      '然后呢？',
      '没有了',
    ]);
  });

  it('cuts at paragraphs, items and rows but not in wrapped lines', () => {
    expect(cut('Rules\n\n- first item\n- second item\n1. one\n2. two')).toEqual([
      'Rules',
      '- first item',
      '- second item',
      '1. one',
      '2. two',
    ]);
    expect(cut('This line of prose was wrapped by an editor at\nsome column. Next one.')).toEqual([
      'This line of prose was wrapped by an editor at\nsome column.',
      'Next one.',
    ]);
    expect(cut('| a | b |\n| 1 | 2 |')).toEqual(['| a | b |', '| 1 | 2 |']);
  });

  it('loses no character of a long text', () => {
    const text = 'A. B? 中文。x\n\n'.repeat(2_000) + '.'.repeat(50_000);
    expect(cut(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    expect(cut(' \n ')).toEqual([]);
  });
});

describe('dominantLanguage', () => {
  it('tells Chinese with English names from English with a Chinese name', () => {
    expect(dominantLanguage('在 TiDB 中使用 Placement Rules 功能')).toBe('zh');
    expect(dominantLanguage('The office in Shanghai (上海) opens at nine o clock')).toBe('en');
    expect(dominantLanguage('')).toBe('en');
    expect(dominantLanguage('12345')).toBe('en');
  });
});
