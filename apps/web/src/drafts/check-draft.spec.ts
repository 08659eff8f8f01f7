import { describe, expect, it } from '@jest/globals';
import { checkDraft, customerText } from './check-draft.js';

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
  });
});

describe('customerText', () => {
  it('leaves out what is for us', () => {
    expect(customerText('It takes **4 minutes** [1][2]. 十八天【1】。\n')).toBe(
      'It takes 4 minutes. 十八天。',
    );
  });
});
