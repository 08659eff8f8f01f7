import { describe, expect, it } from '@jest/globals';
import { historyOf, historyWithSources } from './history.js';

const turn = (question: string, answer: string, documentIds: string[], outcome = 'answered') => [
  { role: 'user' as const, content: question, outcome: null, documentIds: [] },
  { role: 'assistant' as const, content: answer, outcome, documentIds },
];

describe('historyWithSources', () => {
  it('names what the answers that are shown to the model were written from', () => {
    const messages = [
      ...turn('Pay?', '61,000 [1]', ['a', 'b']),
      ...turn('Leave?', '', ['c'], 'refused'),
      ...turn('In Suzhou?', '15 days', ['b', 'd']),
    ];
    const { messages: shown, documentIds } = historyWithSources(messages);
    expect(documentIds).toEqual(['a', 'b', 'd']);
    expect(shown).toEqual(historyOf(messages));
    expect(shown.map(({ content }) => content)).toEqual(['Pay?', '61,000', 'In Suzhou?', '15 days']);
  });

  it('keeps five turns, and names no sources of older ones', () => {
    const messages = Array.from({ length: 7 }, (_, at) => turn(`Q${at}`, `A${at}`, [`d${at}`])).flat();
    const { messages: shown, documentIds } = historyWithSources(messages);
    expect(shown).toHaveLength(10);
    expect(documentIds).toEqual(['d2', 'd3', 'd4', 'd5', 'd6']);
  });
});
