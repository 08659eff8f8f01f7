import { describe, expect, it } from '@jest/globals';
import type { PromptPassage } from '../driver.js';
import { chooseQuotes } from './choose-quotes.js';

type Sketch = [title: string, heading: string, content: string];
const passages = (...sketches: Sketch[]): PromptPassage[] =>
  sketches.map(([title, heading, content], at) => ({
    number: at + 1,
    id: `p-${at + 1}`,
    title,
    heading,
    page: null,
    content,
  }));
const texts = (question: string, ...sketches: Sketch[]): string[] =>
  chooseQuotes(question, passages(...sketches)).map(({ text, number }) => `${text} [${number}]`);

const canteen: Sketch = ['Canteen', '', 'The canteen opens at noon. Soup is sold out by one on most days.'];

describe('question words', () => {
  const ferry: Sketch[] = [
    ['渡轮须知', '行李', '每位乘客可以免费携带两件行李，超出部分每件收费三十元。自行车须放在下层甲板。'],
    ['渡轮须知', '班次', '冬季末班渡轮于十九点离港。大风天停航。'],
  ];

  it.each([
    ['请问乘客可以免费携带多少行李呢？', '每位乘客可以免费携带两件行李，超出部分每件收费三十元。 [1]'],
    ['自行车应该放在哪里？', '自行车须放在下层甲板。 [1]'],
    ['冬季的末班渡轮是几点离港？', '冬季末班渡轮于十九点离港。 [2]'],
  ])('do not count: %s', (question, expected) => {
    expect(texts(question, ...ferry)[0]).toBe(expected);
  });

  it.each([
    '什么是多少？',
    '请问有没有呢？',
    'How many do I get, please?',
    '渡轮公司的董事长是谁？',
    '船长的退休金怎么算？',
  ])('alone answer nothing: %s', (question) => {
    expect(texts(question, ...ferry)).toEqual([]);
  });
});

describe('a definition', () => {
  it('is the sentence that begins with the term', () => {
    const mentions: Sketch = [
      'Night work',
      '',
      'Ask the harbour office about the lantern watch. The lantern watch ends at six.',
    ];
    const defines: Sketch = [
      'Duties',
      '',
      'We share duties. The lantern watch is the turn of two people who keep the quay lit at night.',
    ];
    expect(texts('What is the lantern watch?', mentions, defines)[0]).toBe(
      'The lantern watch is the turn of two people who keep the quay lit at night. [2]',
    );
  });

  it('is found in Chinese, either way round', () => {
    const sketches: Sketch[] = [
      ['港口日志', '', '灯塔班由值班室安排，灯塔班的记录保存一年。'],
      ['港口用语', '', '灯塔班是指夜间负责码头照明的两人小组。'],
    ];
    for (const question of ['什么是灯塔班？', '灯塔班是什么？', '请问灯塔班是什么意思？'])
      expect(texts(question, ...sketches)[0]).toBe('灯塔班是指夜间负责码头照明的两人小组。 [2]');
  });

  it('may stand under the term as a heading without repeating it', () => {
    const entry: Sketch = [
      'Harbour words',
      'Slack tide',
      'The half hour in which the water hardly moves. Boats turn then.',
    ];
    const other: Sketch = ['Diving', '', 'Dives are planned around slack tide by the dive leader.'];
    expect(texts('What is slack tide?', other, entry).join()).toContain(
      'The half hour in which the water hardly moves.',
    );
  });
});

describe('the sources', () => {
  it('headings count: the passage about the thing comes before one that mentions it', () => {
    const mention: Sketch = ['Minutes', 'May', 'The visitor parking permit was spoken of.'];
    const about: Sketch = ['Visitors', 'Visitor parking permit', 'The fee is 6 francs a day.'];
    expect(texts('How high is the visitor parking permit fee?', mention, about)[0]).toBe(
      'The fee is 6 francs a day. [2]',
    );
  });

  it('quotes of a passage stand in its order, at most four from at most three passages', () => {
    const line = (at: number): string => `Rule ${at} for the crane permit names the crane permit officer.`;
    const rules = (from: number): Sketch => [
      'Crane',
      'Permit',
      [0, 1, 2].map((at) => line(from + at)).join('\n\n'),
    ];
    const quotes = chooseQuotes(
      'crane permit officer rule',
      passages(rules(1), rules(4), rules(7), rules(10)),
    );
    expect(quotes.length).toBeLessThanOrEqual(4);
    expect(new Set(quotes.map(({ number }) => number)).size).toBeLessThanOrEqual(3);
    expect(quotes.slice(0, 3).map(({ text }) => text)).toEqual([line(1), line(2), line(3)]);
  });

  it('a pointer to another page gives way to what is said', () => {
    const quotes = texts('What does the harbour pilot fee cover?', [
      'Pilotage',
      '',
      'For more information, see what the harbour pilot fee does cover. The harbour pilot fee covers the boat and two tugs.',
    ]);
    expect(quotes[0]).toBe('The harbour pilot fee covers the boat and two tugs. [1]');
  });
});

describe('refusing', () => {
  const crane: Sketch = [
    'Crane',
    'Permit',
    'The crane permit is renewed every three years. The officer checks the ropes.',
  ];

  it.each([
    'What colour is the crane permit envelope in Denmark?',
    'How much does the crane permit cost for a second shipyard?',
    'Which insurer pays when the crane topples onto a customs vehicle?',
    '起重机许可证每三年更换一次吗？',
  ])('what the rare words of the question ask for stands in no passage: %s', (question) => {
    expect(texts(question, crane, canteen)).toEqual([]);
  });

  it('a number is that number: another one answers nothing', () => {
    const errors: Sketch = ['Winch', 'Codes', 'Code W-12 means that the drum is blocked.'];
    expect(texts('What does code W-12 mean?', errors)).toEqual([
      'Code W-12 means that the drum is blocked. [1]',
    ]);
    expect(texts('What does code W-31 mean?', errors)).toEqual([]);
  });
});

describe('bounds', () => {
  it.each([
    ['a table of one column and a thousand rows', `| anchor |\n${'| anchor chain |\n'.repeat(1_000)}`],
    ['a rule that never ends', `| anchor |\n|${'-'.repeat(50_000)}x\n| anchor chain |`],
    [
      'items within items',
      'anchor:\n' + Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at % 50)}- anchor`).join('\n'),
    ],
    ['stops and closing marks', `anchor ${'.)"'.repeat(30_000)}`],
    ['blank lines', `anchor chain.${'\n \t'.repeat(30_000)}anchor`],
  ])('comes to an end with %s', (_, content) => {
    const quotes = chooseQuotes(
      'How do I weigh the anchor chain?',
      passages(...Array.from({ length: 8 }, (): Sketch => ['a', 'b', content])),
    );
    for (const { text } of quotes) expect(content).toContain(text);
  });

  it.each([' '.repeat(100_000), '什么是'.repeat(30_000), 'what is a '.repeat(10_000), 'A-'.repeat(50_000)])(
    'comes to an end with a hostile question',
    (question) => {
      expect(chooseQuotes(question, passages(canteen))).toEqual([]);
    },
  );
});
