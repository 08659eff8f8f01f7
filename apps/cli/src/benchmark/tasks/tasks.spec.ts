import { describe, expect, it } from '@jest/globals';
import { CODE_TASKS, codeIn } from './code-tasks.js';
import { answerIn, MATHEMATICS_TASKS } from './mathematics-tasks.js';
import { runCode } from './run-code.js';
import { TASKS } from './score-tasks.js';
import type { Task } from './task.js';
import { WRITING_TASKS } from './writing-tasks.js';

const task = (tasks: readonly Task[], id: string): Task => {
  const found = tasks.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no task ${id}`);
  return found;
};

describe('tasks', () => {
  it('have ids of their own and say what passes', () => {
    expect(new Set(TASKS.map(({ id }) => id)).size).toBe(TASKS.length);
    for (const { passes } of TASKS) expect(passes).not.toBe('');
  });
});

describe('mathematics', () => {
  it.each([
    ['so it is\nAnswer: 17,802', 17_802],
    ['Answer: 3\nno, Answer: **248.4**.', 248.4],
    ['**Answer:** −4', -4],
    ['answer: $\\boxed{29}$', 29],
    ['the answer is 5', undefined],
    ['Answer: none', undefined],
  ])('reads %j', (text, expected) => expect(answerIn(text)).toBe(expected));

  it('passes the right number alone', async () => {
    const product = task(MATHEMATICS_TASKS, 'product');
    expect(await product.check('Answer: 17802')).toEqual({ passed: true });
    expect(await product.check('Answer: 17803')).toMatchObject({ passed: false });
    expect(await product.check('')).toMatchObject({ passed: false });
  });
});

describe('writing', () => {
  const check = async (id: string, text: string): Promise<boolean> =>
    (await task(WRITING_TASKS, id).check(text)).passed;
  const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

  it('holds to lengths at their edges, words, headings, lines', async () => {
    expect(await check('notice', `Friday reception ${words(58)}`)).toBe(true);
    expect(await check('notice', `Friday reception ${words(57)}`)).toBe(false);
    expect(await check('notice', `Friday reception ${words(99)}`)).toBe(false);
    expect(await check('report', '# Summary\na\n## Cause\nb\n## Next steps\nc')).toBe(true);
    expect(await check('report', '# Summary\n## Causes\n## Next steps')).toBe(false);
    expect(await check('bullets', '- a\n- b\n- c\n- d\n- e')).toBe(true);
    expect(await check('bullets', 'Here:\n- a\n- b\n- c\n- d\n- e')).toBe(false);
    expect(await check('poem', 'the sea\nis deep\n\nand blue\nand old')).toBe(true);
    expect(await check('json', '```json\n{"name":"A","seats":4,"equipment":[]}\n```')).toBe(true);
    expect(await check('json', '{"name":"A","seats":4}')).toBe(false);
    expect(await check('question', `${words(39)} come?`)).toBe(true);
    expect(await check('question', `${words(39)} come.`)).toBe(false);
  });

  it('tells Chinese from English', async () => {
    expect(await check('chinese', '员工每年享有年假。'.repeat(12))).toBe(true);
    expect(await check('chinese', words(90))).toBe(false);
    expect(await check('chinese', '年假制度'.repeat(41))).toBe(false);
  });
});

describe('code', () => {
  it('is the last fenced block without its exports', () => {
    expect(codeIn('text\n```js\nold\n```\n```javascript\nexport default function f() {}\n```')).toBe(
      'function f() {}\n',
    );
    expect(codeIn('const f = 1')).toBe('const f = 1');
  });

  it('passes what computes the right results and says where another goes wrong', async () => {
    const leap = task(CODE_TASKS, 'isLeapYear');
    const right = '```js\nconst isLeapYear = (y) => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);\n```';
    expect(await leap.check(right)).toEqual({ passed: true });
    expect(await leap.check('```js\nfunction isLeapYear(y) { return y % 4 === 0; }\n```')).toEqual({
      passed: false,
      reason: 'true in place of false for [1900]',
    });
    expect(await leap.check('I cannot do that.')).toMatchObject({ passed: false });
  });

  /** One right answer for each task: an expectation that nobody can meet would be the bench's mistake. */
  const SOLUTIONS: Readonly<Record<string, string>> = {
    romanOf: `const romanOf = (n) => [[1000,'M'],[900,'CM'],[500,'D'],[400,'CD'],[100,'C'],[90,'XC'],[50,'L'],[40,'XL'],[10,'X'],[9,'IX'],[5,'V'],[4,'IV'],[1,'I']]
      .reduce((text, [value, letters]) => { while (n >= value) { text += letters; n -= value; } return text; }, '');`,
    isBalanced: `function isBalanced(text) { const open = []; for (const c of text) { const at = ')]}'.indexOf(c);
      if ('([{'.includes(c)) open.push(c); else if (at >= 0 && open.pop() !== '([{'[at]) return false; } return open.length === 0; }`,
    mergeSpans: `function mergeSpans(spans) { const out = []; for (const [s, e] of [...spans].sort((a, b) => a[0] - b[0])) {
      const last = out.at(-1); if (last && s <= last[1]) last[1] = Math.max(last[1], e); else out.push([s, e]); } return out; }`,
    countWords: `function countWords(text) { const out = {}; for (const w of text.toLowerCase().match(/[a-z]+/g) ?? []) out[w] = (out[w] ?? 0) + 1; return out; }`,
    primesBelow: `function primesBelow(n) { const out = []; for (let i = 2; i < n; i++) if (out.every((p) => i % p)) out.push(i); return out; }`,
    parseDuration: `function parseDuration(text) { const m = /^(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?$/.exec(text); if (!m || text === '') return null;
      const [, d = 0, h = 0, mi = 0, s = 0] = m; return ((+d * 24 + +h) * 60 + +mi) * 60 + +s; }`,
    flatten: `const flatten = (list) => list.flat(Infinity);`,
    distance: `function distance(a, b) { let row = [...Array(b.length + 1).keys()]; for (let i = 1; i <= a.length; i++) { const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1])); row = next; } return row[b.length]; }`,
    isLeapYear: `const isLeapYear = (y) => new Date(Date.UTC(y, 1, 29)).getUTCMonth() === 1;`,
    rotate: `const rotate = (m) => m[0].map((_, c) => m.map((row) => row[c]).reverse());`,
  };
  it.each(CODE_TASKS.map(({ id }) => id))('%s can be passed', async (id) => {
    expect(await task(CODE_TASKS, id).check(`\`\`\`js\n${SOLUTIONS[id]}\n\`\`\``)).toEqual({ passed: true });
  });

  it('compares objects whatever the order of their keys', async () => {
    expect(await runCode('const f = () => ({ b: 1, a: 2 })', 'f', [[[], { a: 2, b: 1 }]])).toEqual({
      passed: true,
    });
  });

  it('says briefly what cannot be run, whatever the model wrote', async () => {
    expect(await runCode('word'.repeat(600), 'f', [[[], 1]])).toEqual({
      passed: false,
      reason: expect.stringMatching(/^the code cannot be run: [word]{50}…[word]{35} is not defined$/),
    });
  });

  it.each([
    ['an endless loop', 'function f() { for (;;); }'],
    [
      'endless memory',
      'function f() { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }',
    ],
    ['the process', 'function f() { return typeof process; }'],
    [
      'the constructor of the outside',
      'function f() { return this.constructor.constructor("return process")().pid; }',
    ],
    ['a module', 'function f() { return require("fs").readFileSync("/etc/passwd", "utf8"); }'],
    [
      'an import',
      'let got = 1; import("node:fs").then(() => { got = "free"; }); function f() { return got; }',
    ],
    ['code from a string', 'function f() { return new Function("return 1")() === 1 ? "free" : 1; }'],
    ['the network', 'function f() { return typeof fetch; }'],
  ])('gives %s to nobody', async (_, code) => {
    const verdict = await runCode(code, 'f', [[[], 'free']]);
    expect(verdict).toMatchObject({ passed: false });
    expect(JSON.stringify(verdict)).not.toMatch(/root:|object in place|function in place/);
  });
});
