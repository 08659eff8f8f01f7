const SMALL: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17 },
  ...{ eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70 },
  ...{ eighty: 80, ninety: 90 },
};
const NAMES = Object.keys(SMALL).sort((a, b) => b.length - a.length);
const ONE = `(?:${NAMES.join('|')})`;
/** `twenty-five`, `three hundred and ten`, `two thousand`. */
export const ENGLISH_NUMBER = new RegExp(
  `\\b(?:${ONE}|a(?= hundred| thousand))(?:[- ](?:${ONE}|hundred|thousand)|\\s(?=and\\s${ONE}\\b)and\\s${ONE})*\\b`,
  'gi',
);

/** @param text what ENGLISH_NUMBER found */
export function englishValue(text: string): number {
  let [total, part] = [0, 0];
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    if (word === 'hundred') part = Math.max(part, 1) * 100;
    else if (word === 'thousand') [total, part] = [total + Math.max(part, 1) * 1000, 0];
    else if (word === 'a') part = 1;
    else part += SMALL[word] ?? 0;
  }
  return total + part;
}

const DIGITS = '零一二三四五六七八九';
const SCALES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
export const CHINESE_NUMBER = /[零一二两三四五六七八九十百千万半]+/g;

/** Null for what is no number: 千万 as "by all means" is one all the same, and is asked for its unit. */
export function chineseValue(text: string): number | null {
  if (text === '半') return 0.5;
  let [total, part, digit] = [0, 0, 0];
  for (const character of text) {
    const scale = SCALES[character];
    if (character === '万') [total, part, digit] = [(total + part + digit || 1) * 10_000, 0, 0];
    else if (scale) [part, digit] = [part + (digit || 1) * scale, 0];
    else if (character === '半') return null;
    else digit = character === '两' ? 2 : DIGITS.indexOf(character);
  }
  return total + part + digit;
}
