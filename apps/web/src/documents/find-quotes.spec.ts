import { describe, expect, it } from '@jest/globals';
import { findQuotes } from './find-quotes.js';

const quoted = (content: string, answer: string) =>
  findQuotes(content, answer).map(({ start, end }) => content.slice(start, end));

describe('findQuotes', () => {
  const leave =
    'Annual leave is for everyone. Every employee gets 27 days of annual leave a year. Up to 5 days may be carried over.';

  it('finds the sentence that is quoted, whatever stands around it', () => {
    expect(quoted(leave, 'So: **every employee** gets 27 days of annual leave a year [1].')).toEqual([
      'Every employee gets 27 days of annual leave a year.',
    ]);
  });

  it('makes one span of neighbours, across the number between them', () => {
    const answer =
      'Every employee gets 27 days of annual leave a year. [1] Up to 5 days may be carried over. [1]';
    expect(quoted(leave, answer)).toEqual([leave.slice(leave.indexOf('Every'))]);
  });

  it('bears a word that was changed in a long sentence', () => {
    const content = 'The form must be sent to the office in Utrecht by the last working day of the month.';
    expect(
      quoted(content, 'It must be sent to the office in Utrecht by the last working day of each month.'),
    ).toEqual([content]);
  });

  it('finds nothing where something is retold, or shares a phrase', () => {
    expect(quoted(leave, 'You have 27 days off, and five of them can move to next year.')).toEqual([]);
    expect(quoted(leave, 'Whoever gets 27 days of sick leave tells the doctor.')).toEqual([]);
    expect(quoted(leave, '')).toEqual([]);
  });

  it('tells sentences apart that differ in a number', () => {
    const content =
      'Valve 4321 is opened by the operator on duty at noon. Valve 4322 is opened by the operator on duty at noon.';
    expect(quoted(content, 'Valve 4322 is opened by the operator on duty at noon. [1]')).toEqual([
      'Valve 4322 is opened by the operator on duty at noon.',
    ]);
  });

  it('works without blanks', () => {
    const content = '员工每年享有带薪年假。未使用的年假最多可结转五天至次年三月三十一日。病假另计。';
    expect(quoted(content, '未使用的年假最多可结转五天至次年三月三十一日。【2】')).toEqual([
      '未使用的年假最多可结转五天至次年三月三十一日。',
    ]);
  });

  it('finds rows of tables, not their heads', () => {
    const content = 'Extra days:\n\n| Years | Days |\n| --- | --- |\n| 5 | 1 |\n| 10 | 2 |';
    const answer = '| Years | Days |\n| --- | --- |\n| 10 | 2 |\n\n[1] and more words to compare';
    expect(quoted(content, answer)).toEqual(['| 10 | 2 |']);
  });

  it('finds nothing in a long answer about something else', () => {
    const answer = 'Word after word comes along here, and none of them is the same. '.repeat(2_000);
    expect(findQuotes(leave.repeat(10), answer)).toEqual([]);
  });
});
