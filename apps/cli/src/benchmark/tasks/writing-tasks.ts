import { notPassed, PASSED, type Task, type Verdict } from './task.js';

type Rule = (text: string) => string | undefined;

const words = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
const lines = (text: string): string[] =>
  text
    .trim()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
const bullets = (text: string): number => lines(text).filter((line) => /^\s*[-*•]\s/.test(line)).length;

const length =
  (min: number, max: number): Rule =>
  (text) => {
    const count = words(text);
    return count >= min && count <= max ? undefined : `${count} words in place of ${min} to ${max}`;
  };
const holds =
  (...wanted: string[]): Rule =>
  (text) => {
    const missing = wanted.filter((word) => !text.toLowerCase().includes(word.toLowerCase()));
    return missing.length === 0 ? undefined : `without ${missing.join(', ')}`;
  };
const lacks =
  (...unwanted: string[]): Rule =>
  (text) => {
    const found = unwanted.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
    return found.length === 0 ? undefined : `with ${found.join(', ')}`;
  };
const heading =
  (...titles: string[]): Rule =>
  (text) => {
    const missing = titles.filter((title) => !new RegExp(`^#{1,6}\\s+${title}\\s*$`, 'im').test(text));
    return missing.length === 0 ? undefined : `without the heading ${missing.join(', ')}`;
  };
const bulleted =
  (count: number): Rule =>
  (text) =>
    bullets(text) === count ? undefined : `${bullets(text)} bullets in place of ${count}`;
const lined =
  (count: number): Rule =>
  (text) =>
    lines(text).length === count ? undefined : `${lines(text).length} lines in place of ${count}`;
const chinese: Rule = (text) => {
  const letters = text.match(/\p{L}/gu) ?? [];
  const han = letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length;
  return han > 0 && han / letters.length >= 0.9 ? undefined : 'not in Chinese';
};
const hanCount =
  (min: number, max: number): Rule =>
  (text) => {
    const count = (text.match(/\p{Script=Han}/gu) ?? []).length;
    return count >= min && count <= max ? undefined : `${count} characters in place of ${min} to ${max}`;
  };
const endsWith =
  (end: string): Rule =>
  (text) =>
    text
      .trim()
      .replace(/[*_"”]+$/, '')
      .endsWith(end)
      ? undefined
      : `does not end with ${end}`;
const jsonWith =
  (...keys: string[]): Rule =>
  (text) => {
    try {
      const value = JSON.parse(text.replace(/^```(json)?|```$/gm, '').trim()) as object;
      const found = Object.keys(value).sort().join();
      return found === [...keys].sort().join() ? undefined : `the keys are ${found}`;
    } catch {
      return 'not JSON';
    }
  };

const TEXTS: readonly (readonly [id: string, prompt: string, passes: string, rules: readonly Rule[]])[] = [
  [
    'notice',
    'Write a notice to employees that the office is closed on Friday, in 60 to 100 words. Use the words "Friday" and "reception".',
    '60 to 100 words with both words',
    [length(60, 100), holds('Friday', 'reception')],
  ],
  [
    'report',
    'Write a short report about a server outage, in Markdown, with exactly these headings: "Summary", "Cause", "Next steps".',
    'the three headings',
    [heading('Summary', 'Cause', 'Next steps')],
  ],
  [
    'bullets',
    'List the advantages of working from home as exactly five bullets, each beginning with "- ", and nothing else.',
    'five bullets and no other line',
    [bulleted(5), lined(5)],
  ],
  [
    'chinese',
    '请用中文写一段关于年假制度的说明，80到160个汉字，不要使用英文。',
    'Chinese, 80 to 160 characters',
    [chinese, hanCount(80, 160)],
  ],
  [
    'reply',
    'Write a reply to a customer whose parcel is late. Begin with "Dear customer,", say "sorry" and "refund", stay under 120 words, and do not say "unfortunately".',
    'the opening, both words, not the third, 20 to 120 words',
    [length(20, 120), holds('Dear customer,', 'sorry', 'refund'), lacks('unfortunately')],
  ],
  [
    'poem',
    'Write a poem of exactly four lines about the sea. Answer with the four lines alone.',
    'four lines',
    [lined(4), holds('sea')],
  ],
  [
    'json',
    'Describe a meeting room as one JSON object with exactly the keys "name", "seats" and "equipment", and nothing else.',
    'JSON with exactly these keys',
    [jsonWith('name', 'seats', 'equipment')],
  ],
  [
    'question',
    'Write an invitation to a training about data protection, in 40 to 80 words, whose last sentence is a question.',
    '40 to 80 words that end with a question mark',
    [length(40, 80), endsWith('?')],
  ],
];

export const WRITING_TASKS: readonly Task[] = TEXTS.map(([id, prompt, passes, rules]) => ({
  ...{ id, kind: 'writing' as const, prompt, passes },
  check: (text: string): Verdict => {
    const broken = rules.flatMap((rule) => rule(text) ?? []);
    return broken.length === 0 ? PASSED : notPassed(broken.join('; '));
  },
}));
