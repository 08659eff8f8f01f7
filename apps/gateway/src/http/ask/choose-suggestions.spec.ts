import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { chooseSuggestions, type SampleQuestion } from './choose-suggestions.js';

const MANIFEST = 'apps/cli/samples/handbook/manifest.json';
const { questions } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { questions: SampleQuestion[] };

describe('the questions of an empty conversation', () => {
  it.each([
    ['en', 'zh'],
    ['zh', 'en'],
  ] as const)('are in the language of the page but for one, and one is for HR (%s)', (language, other) => {
    const chosen = chooseSuggestions(questions, language);
    expect(chosen.map((question) => [question.language, question.audience])).toEqual([
      [language, 'everyone'],
      [other, 'everyone'],
      [language, 'hr'],
      [language, 'everyone'],
    ]);
    expect(new Set(chosen.map(({ text }) => text)).size).toBe(4);
  });

  it('are fewer where there are fewer', () => {
    const [first] = questions;
    expect(chooseSuggestions([], 'en')).toEqual([]);
    expect(chooseSuggestions(first ? [first] : [], 'en')).toEqual([first]);
  });
});
