import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { translator } from './translate.js';
import { zh } from './zh.js';

type Branch = { [key: string]: string | Branch };

function flatten(branch: Branch, prefix = ''): [string, string][] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}
const slots = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

describe('the two languages', () => {
  const english = new Map(flatten(en as unknown as Branch));
  const chinese = new Map(flatten(zh as unknown as Branch));

  it('have the same texts, none empty', () => {
    const needed = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...chinese.keys()].sort()).toEqual(needed.sort());
    for (const text of [...english.values(), ...chinese.values()]) expect(text.trim()).not.toBe('');
  });

  it('fill in the same values', () => {
    for (const [key, text] of chinese)
      expect([key, slots(text)]).toEqual([key, slots(english.get(key) ?? '')]);
  });

  it('are not the same language', () => {
    const han = /\p{Script=Han}/u;
    const same = [...chinese].filter(
      ([key, text]) => !han.test(text) && text === english.get(key) && /[a-z]{3}/i.test(text),
    );
    expect(same).toEqual([]);
  });
});

describe('translator', () => {
  it('finds every text by its path', () => {
    const plain = (key: string) => key.replace(/_(one|other)$/, '');
    const find = translator(en, 'en-GB') as (key: string, values: object) => string;
    for (const [key] of flatten(en as unknown as Branch))
      expect(find(plain(key), { count: 2 })).not.toBe(plain(key));
  });

  it('chooses the plural form and formats numbers', () => {
    const t = translator(en, 'en-GB');
    expect(t('ask.steps.found', { count: 1 })).toBe('1 passage found');
    expect(t('ask.steps.found', { count: 1200 })).toBe('1,200 passages found');
    expect(translator(zh, 'zh-CN')('ask.steps.found', { count: 1 })).toBe('找到 1 个段落');
  });

  it('fills in values as they are', () => {
    expect(translator(en, 'en-GB')('common.typeName', { name: '$& <b>' })).toBe('Type “$& <b>” to confirm');
  });
});
