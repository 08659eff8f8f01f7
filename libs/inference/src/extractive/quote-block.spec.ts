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

describe('a table', () => {
  const boats: Sketch = [
    'Boat hire',
    'Deposits',
    'Deposits are paid in cash.\n\n| Boat | Deposit | Seats |\n| --- | --- | --- |\n| Rowing boat | 40 francs | 3 |\n| Pedal boat | 65 francs | 4 |\n| Sailing dinghy | 210 francs | 2 |',
  ];

  it('is quoted as the rows that match, below its head', () => {
    expect(texts('How much is the deposit for a pedal boat?', boats, canteen)).toEqual([
      '| Boat | Deposit | Seats |\n| --- | --- | --- |\n| Pedal boat | 65 francs | 4 | [1]',
    ]);
  });

  it('takes its first row for the head where no rule says so', () => {
    const bare: Sketch = ['船只租赁', '押金', '| 船型 | 押金 |\n| 手划船 | 40 法郎 |\n| 帆船 | 210 法郎 |'];
    expect(texts('租帆船的押金是多少？', bare)).toEqual([
      '| 船型 | 押金 |\n| --- | --- |\n| 帆船 | 210 法郎 | [1]',
    ]);
  });

  it('keeps the best row where many nearly match, and leaves out a row beyond the bound', () => {
    const rows = (filler: string): Sketch => [
      'Sails',
      'Prices',
      `| Sail | Price |\n| --- | --- |\n${`| jib ${filler} | 7 francs |\n`.repeat(12)}| storm jib | 9 francs |`,
    ];
    expect(texts('What is the price of a storm jib?', rows('x'))[0]).toContain('| storm jib | 9 francs |');
    expect(texts('What is the price of a storm jib?', rows('x'.repeat(880)))[0]).toBe(
      '| Sail | Price |\n| --- | --- |\n| storm jib | 9 francs | [1]',
    );
    const long: Sketch = ['Sails', 'Prices', `| Sail | Price |\n| storm jib ${'x'.repeat(900)} | 9 francs |`];
    expect(texts('What is the price of a storm jib?', long)).toEqual([]);
  });

  it('never gives its head alone', () => {
    for (const quote of texts('What is the boat deposit?', boats)) expect(quote).not.toMatch(/Seats \| \[/);
  });
});

describe('a list', () => {
  it('comes with the sentence that leads to it', () => {
    const locker: Sketch = [
      'Lockers',
      'Keys',
      'A locker key is replaced without charge in the following cases:\n\n- theft\n- fire\n- a broken lock\n\nOtherwise it costs nine francs.',
    ];
    expect(texts('When is a locker key replaced without charge?', locker)).toEqual([
      'A locker key is replaced without charge in the following cases:\n\n- theft\n- fire\n- a broken lock [1]',
    ]);
  });

  it('of links and titles is not quoted', () => {
    const links: Sketch = [
      'Rowing club',
      'Further reading',
      '- Rowing club winter storage\n- Rowing club fees',
    ];
    const rule: Sketch = [
      'Rowing club',
      'Winter',
      'Winter storage at the rowing club costs 80 francs and begins in October.',
    ];
    expect(texts('What does winter storage cost at the rowing club?', links, rule)).toEqual([
      'Winter storage at the rowing club costs 80 francs and begins in October. [2]',
    ]);
    expect(texts('What does winter storage cost at the rowing club?', links)).toEqual([]);
  });

  it('that is longer than an answer gives its first lines', () => {
    const items = Array.from({ length: 30 }, (_, at) => `- case number ${at + 1}`).join('\n');
    const [quote] = texts('When is the pier closed?', [
      'Pier',
      '',
      `The pier is closed in these cases:\n${items}`,
    ]);
    expect(quote?.split('\n')).toHaveLength(7);
  });
});

describe('steps', () => {
  const facts: Sketch = [
    'Echo sounder',
    'Models',
    'The battery of the echo sounder was renewed in March. The echo sounder weighs 2 kg.',
  ];

  it('are the beginning of the numbered list under the heading that asks for them', () => {
    const steps: Sketch = [
      'Echo sounder',
      'Replacing the battery of the echo sounder',
      'It takes a few minutes.\n\n1. Switch it off.\n2. Loosen both screws.\n3. Pull the tray out.\n4. Swap the cell.\n5. Push the tray in.\n6. Tighten the screws.\n7. Write the date on the lid.',
    ];
    expect(texts('How do I replace the battery of the echo sounder?', facts, steps)).toEqual([
      '1. Switch it off.\n2. Loosen both screws.\n3. Pull the tray out.\n4. Swap the cell.\n5. Push the tray in.\n6. Tighten the screws. [2]',
    ]);
  });

  it('may be a paragraph of instructions', () => {
    const steps: Sketch = [
      'Echo sounder',
      'How do I replace the battery of the echo sounder?',
      'The old cell is hazardous waste.\n\nSwitch the sounder off. Open the lid with a coin. Put the new cell in.',
    ];
    expect(texts('How do I replace the battery of the echo sounder?', facts, steps)).toEqual([
      'Switch the sounder off. Open the lid with a coin. Put the new cell in. [2]',
    ]);
  });

  it('are found in Chinese, and not from the middle of a list', () => {
    const rest: Sketch = ['测深仪', '更换电池', '4. 装回托盘。\n5. 拧紧螺丝。'];
    const steps: Sketch = [
      '测深仪',
      '更换电池',
      '更换测深仪电池的步骤如下：\n\n1. 关闭电源。\n2. 松开螺丝。\n3. 取出旧电池。',
    ];
    expect(texts('如何更换测深仪的电池？', rest, steps)).toEqual([
      '更换测深仪电池的步骤如下：\n\n1. 关闭电源。\n2. 松开螺丝。\n3. 取出旧电池。 [2]',
    ]);
  });

  it('are not a list of conditions', () => {
    const conditions: Sketch = [
      'Moorings',
      'Renting a mooring',
      'You may rent a mooring if one of the following applies:\n1. You own a boat.\n2. You run a school.',
    ];
    const quotes = texts('How do I rent a mooring?', conditions, [
      'Moorings',
      'How to rent a mooring',
      '1. Ask for the form.\n2. Bring it to the harbour office.',
    ]);
    expect(quotes).toEqual(['1. Ask for the form.\n2. Bring it to the harbour office. [2]']);
  });
});
