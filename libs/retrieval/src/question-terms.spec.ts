import { describe, expect, it } from '@jest/globals';
import { QUESTION_CHARACTERS_MAX, QUESTION_TERMS_MAX, questionTerms } from './question-terms.js';

const words = (count: number): string => Array.from({ length: count }, (_, n) => `w${n}`).join(' ');

describe('questionTerms', () => {
  it('are distinct, without what only asks', () => {
    expect(questionTerms('leave Leave leaves')).toEqual(['leav']);
    expect(questionTerms('如何申请年假')).toEqual(['申请', '年假']);
    expect(questionTerms('請問特休怎麼請？')).toEqual(questionTerms('请问特休怎么请？'));
    expect(questionTerms('什么是什么')).toEqual([]);
    expect(questionTerms('How do I do this?')).toEqual([]);
  });

  it('are bounded in number and in the text that is read', () => {
    expect(questionTerms(words(QUESTION_TERMS_MAX))).toHaveLength(QUESTION_TERMS_MAX);
    expect(questionTerms(words(QUESTION_TERMS_MAX + 1))).toHaveLength(QUESTION_TERMS_MAX);
    expect(questionTerms(`${' '.repeat(QUESTION_CHARACTERS_MAX - 1)}z1`)).toEqual(['z']);
    expect(questionTerms(`${' '.repeat(QUESTION_CHARACTERS_MAX)}b2`)).toEqual([]);
  });
});
