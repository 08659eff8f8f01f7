import { analyze, toSimplified } from '@lorekeep/kit/text';
import type { PromptPassage } from '../driver.js';

const PAIR = /^\p{Script=Han}{2}$/u;
/** Of a question that are looked for; a longer one has other words to go by. */
const PAIRS_MAX = 8;

/** What stands so once only may be the end of one word and the beginning of another. */
const TIMES_MIN = 2;

/**
 * The question with the words that the passages have for what it shortens: a pair of Chinese characters AB that stands
 * in none of them becomes AxB, for the x that stands most often between the two (年假: 年休假). Retrieval finds such
 * passages by the same rule.
 */
export function lengthenWords(question: string, passages: readonly PromptPassage[]): string {
  const pairs = [...new Set(analyze(question))].filter((term) => PAIR.test(term)).slice(0, PAIRS_MAX);
  if (pairs.length === 0) return question;
  const text = toSimplified(
    passages.map(({ title, heading, content }) => `${title}\n${heading}\n${content}`).join('\n'),
  );
  let longer = question;
  for (const pair of pairs) {
    const [first = '', last = ''] = [...pair];
    if (text.includes(pair)) continue;
    const between = new Map<string, number>();
    for (const [, one = ''] of text.matchAll(new RegExp(`${first}(\\p{Script=Han})${last}`, 'gu')))
      between.set(one, (between.get(one) ?? 0) + 1);
    const [most] = [...between].sort(([, one], [, other]) => other - one);
    if (most && most[1] >= TIMES_MIN) longer = longer.replaceAll(pair, `${first}${most[0]}${last}`);
  }
  return longer;
}
