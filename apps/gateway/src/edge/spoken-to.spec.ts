import { describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { languageOf, spokenTo } from './spoken-to.js';

describe('the language of a request', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['zh', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['ZH-Hans-CN', 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['de-DE,de;q=0.9,zh;q=0.5,en;q=0.3', 'zh'],
    ['fr,de;q=0.9', 'en'],
    ['en;q=0.2, zh;q=0.7', 'zh'],
    ['en;q=0, zh;q=0.001', 'zh'],
    ['zh;q=0', 'en'],
    ['en;q=0.5,zh;q=0.5', 'en'],
    ['zh;q=0.5,en;q=0.5', 'zh'],
    ['zh;q=high,en;q=0.1', 'en'],
    ['zhuang', 'en'],
    [`${'de,'.repeat(19)}zh`, 'zh'],
    [`${'de,'.repeat(20)}zh`, 'en'],
    [`${' '.repeat(998)}zh`, 'zh'],
    [`${' '.repeat(999)}zh`, 'en'],
  ])('%j asks for %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('counts for who has chosen none, and for nobody else', () => {
    const { caller } = systemContext('a tenant');
    expect(spokenTo({ ...caller, localeChosen: false }, 'zh-CN').locale).toBe('zh');
    expect(spokenTo({ ...caller, localeChosen: true }, 'zh-CN').locale).toBe('en');
    expect(spokenTo({ ...caller, locale: 'zh', localeChosen: true }, 'en').locale).toBe('zh');
    expect(spokenTo(caller, 'zh-CN')).toBe(caller);
  });
});
