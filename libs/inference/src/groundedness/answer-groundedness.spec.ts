import { describe, expect, it } from '@jest/globals';
import type { PromptPassage } from '../driver.js';
import { AnswerGroundedness, SENTENCES_MAX, type JudgedSentence } from './answer-groundedness.js';
import { CLAIM_UNITS_MAX } from './read-claims.js';

const passage = (content: string, more: Partial<PromptPassage> = {}): PromptPassage => ({
  ...{ number: 1, id: 'p', title: 'Leave', heading: 'Annual leave', page: null, content },
  ...more,
});
function judge(text: string, ...contents: (string | PromptPassage)[]): JudgedSentence[] {
  const passages = contents.map((one, at) =>
    typeof one === 'string' ? passage(one, { number: at + 1 }) : one,
  );
  const groundedness = new AnswerGroundedness(passages);
  return [...groundedness.push(text), ...groundedness.end()];
}
const reasons = (text: string, ...contents: (string | PromptPassage)[]) =>
  judge(text, ...contents).map(({ reason }) => reason);
const reason = (text: string, content: string) => reasons(`${text} [1]`, content)[0];

describe('numbers', () => {
  const LEAVE = 'Full-time employees get 25 days of annual leave. The probation period is 24 months.';

  it.each([
    ['Full-time employees get 25 days of annual leave.', null],
    ['Full-time employees get twenty-five days of annual leave.', null],
    ['Full-time employees get 52 days of annual leave.', 'number'],
    ['Full-time employees get 25 weeks of annual leave.', 'number'],
    ['The probation period is two years.', null],
    ['The probation period is 24 weeks.', 'number'],
  ])('%s', (text, expected) => expect(reason(text, LEAVE)).toBe(expected));

  it('are one in both languages and all their forms', () => {
    const zh = '员工每年有 25 天年休假，培训经费为 1.5 万元，截至 2026 年 6 月 30 日，上班时间 14:00。';
    expect(reason('员工每年有二十五天年休假。', zh)).toBeNull();
    expect(reason('员工每年有五十二天年休假。', zh)).toBe('number');
    expect(reason('培训经费为 15,000 元。', zh)).toBeNull();
    expect(reason('培训经费为 15,000 美元。', zh)).toBe('number');
    expect(reason('Employees have twenty-five days, until 30 June, from 2 pm.', zh)).toBeNull();
    expect(reason('Employees have 52 days, until 30 June, from 2 pm.', zh)).toBe('number');
    expect(reason('Employees have 25 days, until 3 June.', zh)).toBe('number');
  });

  it('belong to their row, and to their clause', () => {
    const table = '| Product | Warranty |\n| --- | --- |\n| Tern | 24 months |\n| Heron | 36 months |';
    expect(reason('The warranty of a Heron is 36 months.', table)).toBeNull();
    expect(reason('The warranty of a Heron is 24 months.', table)).toBe('number');
    const both = 'Repairs take 10 working days in Rotterdam and 7 working days in Suzhou.';
    expect(reason('Repairs take 7 working days in Suzhou.', both)).toBeNull();
    expect(reason('Repairs take 7 working days in Rotterdam.', both)).toBe('number');
  });
});

describe('names', () => {
  const FORM = 'Send form HR-07 to leave@peilhaven.example, or ask the Travel Desk about version 3.8.2.';

  it.each([
    ['Send form HR-07 to leave@peilhaven.example.', null],
    ['Send form HR-11 to leave@peilhaven.example.', 'name'],
    ['Send form HR-07 to pay@peilhaven.example.', 'name'],
    ['Ask the Service Desk about version 3.8.2.', 'name'],
    ['Ask the Travel Desk about version 3.8.3.', 'name'],
  ])('%s', (text, expected) => expect(reason(text, FORM)).toBe(expected));
});

describe('what is said and denied', () => {
  it.each([
    ['Text messages are accepted.', 'Text messages are not accepted.', 'negation'],
    ['Text messages are not accepted.', 'Text messages are accepted.', 'negation'],
    ['You need no receipts.', 'You do not need receipts.', null],
    ['You must sign the form.', 'You need not sign the form.', 'negation'],
    ['You must carry over five days.', 'You can carry over 5 days.', 'negation'],
    ['Call your manager after 09:00.', 'Call your manager before 09:00.', 'opposite'],
    ['The limit is at least 5 days of leave.', 'The limit is at most 5 days of leave.', 'opposite'],
    ['主管可以追问病情。', '主管不得追问病情。', 'negation'],
    ['私人电脑不得用于工作。', '私人电脑不能用于工作。', null],
    ['婚假须在领证前休完。', '婚假须在领证后休完。', 'opposite'],
  ])('%s — %s', (text, source, expected) => expect(reason(text, source)).toBe(expected));
});

describe('words', () => {
  it('are looked for in the union of what a sentence cites', () => {
    const [one, two] = ['Leave is requested in Harbour.', 'Expenses are claimed in Tally.'];
    expect(reasons('Leave is requested in Harbour, expenses are claimed in Tally [1, 2].', one, two)).toEqual(
      [null],
    );
    expect(reasons('Bicycles may be rented from a partner at a discount [1].', one)).toEqual(['lexical']);
  });

  it('of another language are not compared', () => {
    expect(reason('Staff are free on public holidays.', '员工在法定节假日休息，全薪。')).toBeNull();
  });
});

describe('sentences', () => {
  const SOURCE = 'Everyone gets 25 days. Leave is requested in Harbour.';
  const ANSWER =
    'Intro. Everyone gets 52 days. [1] Leave is requested in Harbour [1].\n\n- Everyone gets 25 days [1]';

  it('have the citations behind their full stop, wherever the answer is cut', () => {
    const whole = judge(ANSWER, SOURCE);
    expect(whole.map(({ start, end, reason: why }) => [ANSWER.slice(start, end), why])).toEqual([
      ['Everyone gets 52 days. [1]', 'number'],
      ['Leave is requested in Harbour [1].', null],
      ['Everyone gets 25 days [1]', null],
    ]);
    for (let size = 1; size < 9; size++) {
      const groundedness = new AnswerGroundedness([passage(SOURCE)]);
      const pieces: JudgedSentence[] = [];
      for (let at = 0; at < ANSWER.length; at += size)
        pieces.push(...groundedness.push(ANSWER.slice(at, at + size)));
      expect([...pieces, ...groundedness.end()]).toEqual(whole);
    }
  });

  it('say where what is not supported stands', () => {
    const [first] = judge(ANSWER, SOURCE);
    expect(ANSWER.slice(first?.span?.start, first?.span?.end)).toBe('52 days');
  });

  it('are not in code, tables and headings, nor without a citation or of an unknown one', () => {
    expect(judge('```\nEveryone gets 52 days [1].\n```\n', SOURCE)).toEqual([]);
    expect(judge('| a | b |\n| --- | --- |\n| 52 days | [1] |\n', SOURCE)).toEqual([]);
    expect(judge('## 52 days [1]\n', SOURCE)).toEqual([]);
    expect(judge('Everyone gets 52 days.', SOURCE)).toEqual([]);
    expect(reasons('Everyone gets 52 days [7].', SOURCE)).toEqual([null]);
  });

  it('are taken as they are at their limits', () => {
    const long = `${'word '.repeat(CLAIM_UNITS_MAX / 5)}end [1].`;
    const groundedness = new AnswerGroundedness([passage(SOURCE)]);
    groundedness.push(long.slice(0, CLAIM_UNITS_MAX - 1));
    expect(groundedness.settled).toBe(0);
    groundedness.push(long.slice(CLAIM_UNITS_MAX - 1, CLAIM_UNITS_MAX));
    expect(groundedness.settled).toBe(CLAIM_UNITS_MAX);
    const many = judge('Everyone gets 52 days [1].\n'.repeat(SENTENCES_MAX + 1), SOURCE);
    expect(many).toHaveLength(SENTENCES_MAX);
  });
});
