import { describe, expect, it } from '@jest/globals';
import type { PromptPassage } from '../driver.js';
import { lengthenWords } from './lengthen-words.js';

const passages = (...contents: string[]): PromptPassage[] =>
  contents.map((content, at) => ({
    ...{ number: at + 1, id: `${at}`, title: '请假', heading: '', page: null, content },
  }));

describe('words that passages write longer', () => {
  it('stand in the question as they do in most places', () => {
    const leave = passages('每年有多少天年休假？年休假共 18 天。', '每年放假三天。');
    expect(lengthenWords('年假有几天？', leave)).toBe('年休假有几天？');
    expect(lengthenWords('年假和年假', leave)).toBe('年休假和年休假');
  });

  it('stay what they are where a passage has them, or nothing longer', () => {
    expect(lengthenWords('年假有几天？', passages('年休假', '年假'))).toBe('年假有几天？');
    expect(lengthenWords('年假有几天？', passages('每年放假三天。'))).toBe('年假有几天？');
    expect(lengthenWords('年假有几天？', passages('病假'))).toBe('年假有几天？');
    expect(lengthenWords('How many days?', passages('27 days'))).toBe('How many days?');
    expect(lengthenWords('年假', [])).toBe('年假');
  });
});
