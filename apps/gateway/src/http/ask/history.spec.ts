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
    expect(historyWithSources(messages).leftOut).toBe(0);
    expect(shown).toEqual(historyOf(messages));
    expect(shown.map(({ content }) => content)).toEqual(['Pay?', '61,000', 'In Suzhou?', '15 days']);
  });

  it('keeps five turns, and names no sources of older ones', () => {
    const messages = Array.from({ length: 7 }, (_, at) => turn(`Q${at}`, `A${at}`, [`d${at}`])).flat();
    const { messages: shown, documentIds, leftOut } = historyWithSources(messages);
    expect(shown).toHaveLength(10);
    expect(leftOut).toBe(2);
    expect(documentIds).toEqual(['d2', 'd3', 'd4', 'd5', 'd6']);
  });

  it('keeps as many turns as are wanted, and says of nothing else that it was left out', () => {
    const messages = Array.from({ length: 7 }, (_, at) => turn(`Q${at}`, `A${at}`, [`d${at}`])).flat();
    const { messages: shown, documentIds, leftOut } = historyWithSources(messages, 2);
    expect(shown.map(({ content }) => content)).toEqual(['Q5', 'A5', 'Q6', 'A6']);
    expect([documentIds, leftOut]).toEqual([['d5', 'd6'], 0]);
    expect(historyWithSources(messages, 0)).toEqual({ messages: [], leftOut: 0, documentIds: [] });
    const long = [...turn('Long?', 'x'.repeat(24_000), []), ...turn('Again?', 'short', [])];
    expect(historyWithSources(long, 2).leftOut).toBe(1);
  });

  it('counts what its length leaves out, and what is older than that; not what was refused', () => {
    const messages = [
      ...turn('Old?', 'short', []),
      ...turn('Refused?', '', [], 'refused'),
      ...turn('Long?', 'x'.repeat(20_000), []),
      ...turn('Again?', 'y'.repeat(20_000), []),
    ];
    const { messages: shown, leftOut } = historyWithSources(messages);
    expect(shown.map(({ content }) => content[0])).toEqual(['A', 'y']);
    expect(leftOut).toBe(2);
  });
});
