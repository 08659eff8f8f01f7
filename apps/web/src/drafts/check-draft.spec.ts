import { describe, expect, it } from '@jest/globals';
import { asks, blocks, checkDraft, customerText } from './check-draft.js';

describe('checkDraft', () => {
  it('finds placeholders once each, and nothing else in brackets', () => {
    const text = 'Dear [name], see [1] and [2, 3]. Your [serial number], [name]. [Link](https://x.example)';
    expect(checkDraft(text).map((concern) => concern.text)).toEqual(['[name]', '[serial number]']);
    expect(checkDraft('尊敬的【客户姓名】，见【1】。')).toEqual([
      { kind: 'placeholder', text: '【客户姓名】' },
    ]);
  });

  it('finds withheld stretches and an empty reply', () => {
    expect(checkDraft('the ▇▇▇ plan')).toEqual([{ kind: 'withheld', text: '' }]);
    expect(checkDraft(' \n')).toEqual([{ kind: 'empty', text: '' }]);
    expect(checkDraft('All is well [1].')).toEqual([]);
    // What would stop it is cut off: nothing of that can be seen in the text.
    expect(checkDraft('All is well [1].', [], true)).toEqual([{ kind: 'withheld', text: '' }]);
    expect(checkDraft('', [], true).map(({ kind }) => kind)).toEqual(['empty', 'withheld']);
  });

  it('names sentences that their sources do not support, and asks where one was withheld', () => {
    const content = 'It takes 72 days [1]. (Withheld.) [1]';
    const unsupported = { start: 0, end: 21, reason: 'number' as const, withheld: false };
    const withheld = { start: 22, end: 37, reason: 'name' as const, withheld: true };
    expect(checkDraft(content, [unsupported])).toEqual([
      { kind: 'unsupported', text: 'It takes 72 days [1].' },
    ]);
    expect(checkDraft(content, [unsupported]).filter(blocks)).toEqual([]);
    expect(checkDraft(content, [unsupported]).filter(asks)).toEqual([]);
    expect(checkDraft(content, [unsupported, withheld]).filter(asks)).toEqual([
      { kind: 'withheld', text: '' },
    ]);
    expect(checkDraft('For [name].').filter(blocks)).toEqual([{ kind: 'placeholder', text: '[name]' }]);
  });
});

describe('customerText', () => {
  it('leaves out what is for us', () => {
    expect(customerText('It takes **4 minutes** [1][2]. 十八天【1】。\n')).toBe(
      'It takes 4 minutes. 十八天。',
    );
  });
});
