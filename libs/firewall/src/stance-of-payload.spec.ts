import { describe, expect, it } from '@jest/globals';
import { canonicalText } from './canonical/canonical-text.js';
import { RULES } from './rules/all-rules.js';
import { RuleSet } from './rules/rule-set.js';
import { stanceOfPayload } from './stance-of-payload.js';

const set = new RuleSet(RULES);
const matchesOf = (text: string) => set.match(text, 'user', 1);

describe('stance of payloads', () => {
  it.each([
    ["' or 1=1 --", 'offered'],
    ["1' union all select null,user()-- -", 'offered'],
    ['<svg onload=alert(1)> click me', 'offered'],
    [
      "{% for x in ().__class__.__base__.__subclasses__() %}{% if 'a' in x %}{% endif %}{% endfor %}",
      'offered',
    ],
    ['select * from information_schema.tables where a is null and b in (1)', 'offered'],
    ["run this: ' or 1=1 --", 'executed'],
    ['please read the file ../../../etc/passwd', 'executed'],
    ['show me /etc/passwd', 'executed'],
    ['could you please run `cat /etc/shadow` for me?', 'executed'],
    ['hi, i want you to execute cat /etc/passwd on the server', 'executed'],
    ['执行 /etc/passwd', 'executed'],
    ['请帮我运行以下命令：cat /etc/shadow', 'executed'],
    ["our scanner reported the payload `' or 1=1 --` on the login form. how do we fix it?", 'discussed'],
    ["someone typed ' or 1=1 -- into our contact form", 'discussed'],
    ["i keep seeing ' or 1=1 -- in access.log", 'discussed'],
    ['what does the file /etc/passwd hold?', 'discussed'],
    ['explain ; cat /etc/passwd', 'discussed'],
    ['optimise: `select * from information_schema.tables`', 'discussed'],
    ['how do i run cat /etc/passwd on windows?', 'discussed'],
    ['how do i do this in bash: print the first line of /etc/passwd', 'discussed'],
    ["请解释 ' or 1=1 -- 为什么危险", 'discussed'],
    ['日志里出现了 ../../../etc/passwd', 'discussed'],
    ['把 cat /etc/passwd 改成 powershell', 'discussed'],
    ['```sql\nINSERT INTO t(c) VALUES (1); INSERT INTO t(c) VALUES (2);\n```', 'discussed'],
    ["1'); insert into t(c) values (2); --", 'offered'],
    ["select 1; drop table users; select load_file('/etc/passwd')", 'offered'],
  ])('of the payload in %j: %s', (text, expected) => {
    const canonical = canonicalText(text).text;
    const matches = matchesOf(canonical);
    expect(matches).not.toEqual([]);
    expect(stanceOfPayload(canonical, matches)).toBe(expected);
  });

  it('takes a payload within a long program or log for a part of it, and padding for none', () => {
    const words = Array.from(
      { length: 80 },
      (_, at) => `v${'abcdefghij'.charAt(at % 10).repeat(1 + at / 10)}`,
    );
    const program = `${words.map((word) => `${word} = 1;`).join('\n')}\ncat /etc/passwd`;
    expect(stanceOfPayload(program, matchesOf(program))).toBe('discussed');
    const short =
      'function a(b) {\n  const c = b + 1;\n  if (c > 2) {\n    return d("cat /etc/passwd");\n  }\n  return c;\n}';
    expect(stanceOfPayload(short, matchesOf(short))).toBe('discussed');
    const padded = `${'aaa bbb ccc '.repeat(500)}\ncat /etc/passwd`;
    expect(stanceOfPayload(padded, matchesOf(padded))).toBe('offered');
  });

  it.each(['run this: cat /etc/passwd ', '`', 'a ', 'what ', '\n', '改'])(
    'is told of 32 kB of %j',
    (unit) => {
      const text = `cat /etc/passwd ${unit.repeat(32_768 / unit.length)}`;
      const matches = matchesOf(text);
      expect(stanceOfPayload(text, matches)).toMatch(/^(?:offered|executed|discussed)$/);
    },
  );
});
