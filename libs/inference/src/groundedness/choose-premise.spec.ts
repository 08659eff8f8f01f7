import { describe, expect, it } from '@jest/globals';
import type { PromptPassage } from '../driver.js';
import { AnswerGroundedness } from './answer-groundedness.js';
import { PREMISE_MAX } from './choose-premise.js';

const passage = (content: string, more: Partial<PromptPassage> = {}): PromptPassage => ({
  ...{ number: 1, id: 'p', title: 'Handbook', heading: 'Canteen', page: null, content },
  ...more,
});
function pairOf(text: string, ...passages: PromptPassage[]) {
  const groundedness = new AnswerGroundedness(passages);
  const [sentence] = [...groundedness.push(text), ...groundedness.end()];
  return sentence ? groundedness.pairOf(sentence) : null;
}
const LONG = Array.from({ length: 40 }, (_, at) => `Rule ${at} is about bicycles in the yard.`).join(' ');

describe('what an entailment model is asked', () => {
  it('is the sentence without citations, below the heading what is most about the same, in its order', () => {
    const content = `The canteen opens at noon. ${LONG} On Sundays the canteen is open.`;
    const asked = pairOf('On **Sundays** the canteen never opens [1] at noon【1】.', passage(content));
    expect(asked?.hypothesis).toBe('On Sundays the canteen never opens at noon.');
    expect(asked?.premise).toMatch(
      /^Canteen\nThe canteen opens at noon\.\n(?:.*\n)*On Sundays the canteen is open\.$/,
    );
    expect(asked?.premise.split('\n').length).toBeLessThanOrEqual(5);
  });

  it('has the head of a table above its rows', () => {
    const table = '| Day | Canteen |\n| --- | --- |\n| Sunday | open |\n| Monday | closed for cleaning |';
    expect(pairOf('On Sunday the canteen has opened [1].', passage(table))?.premise).toContain(
      '| Day | Canteen |',
    );
  });

  it('is of all that the sentence cites, and in another language of the beginning', () => {
    const both = [
      passage('The canteen is open.'),
      passage('The bar is shut.', { number: 2, heading: 'Bar' }),
    ];
    const { premise } = pairOf('Both the canteen and the bar are open [1][2].', ...both) ?? {};
    expect(premise).toBe('Canteen\nBar\nThe canteen is open.\nThe bar is shut.');
    expect(pairOf('食堂周日关门 [1]。', passage('The canteen is open.'))?.premise).toBe(
      'Canteen\nThe canteen is open.',
    );
  });

  it('is no longer than models read', () => {
    const words = `${'harbour '.repeat(1_000)}canteen.`;
    expect(pairOf('The canteen of the harbour is shut [1].', passage(words))?.premise).toHaveLength(
      PREMISE_MAX,
    );
  });

  it('is nothing where the sentence is a quotation or its passage is not there', () => {
    expect(
      pairOf('On Sundays the canteen is open [1].', passage('On Sundays the canteen is open. Or not.')),
    ).toBeNull();
    expect(pairOf('The canteen is open [2].', passage('The canteen is open.'))).toBeNull();
  });
});
