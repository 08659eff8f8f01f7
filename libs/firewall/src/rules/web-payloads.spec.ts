import { describe, expect, it } from '@jest/globals';
import { canonicalText } from '../canonical/canonical-text.js';
import { RuleSet } from './rule-set.js';
import { WEB_PAYLOADS } from './web-payloads.js';

const set = new RuleSet(WEB_PAYLOADS);
const found = (text: string): string[] => [
  ...new Set(set.match(canonicalText(text).text, 'user', 1).map(({ rule }) => rule.id)),
];
const PROSE = 'the minutes of the last meeting are in the folder of the team and may be read by everybody ';

describe('payloads of the web', () => {
  // Rules that begin with ^ ask for the beginning of the text, wherever their strings stand.
  it.each([
    '; ls -la /',
    '| sleep 5',
    '`ping -c 3 10.0.0.1`',
    'whoami',
    'http://localhost:8080/admin',
    '/var/log/httpd/access.log',
    ' ORDER BY 5 ',
    '<form>',
    '{{ person.name }}',
    '0x7f.0.0.1',
  ])('%j is one by itself, and nothing behind other words', (payload) => {
    expect(found(payload)).not.toEqual([]);
    expect(found(`${PROSE}${payload}`)).toEqual([]);
    expect(found(`${PROSE.repeat(50)}${payload}`)).toEqual([]);
  });

  it.each([
    'ls -la',
    'git log --oneline | head -5',
    'find . -name "*.ts"',
    'cd build && make',
    'i=0; while true; do sleep 5; done',
    "SELECT name FROM users WHERE id = 3 AND name = 'x'",
    'SELECT name FROM a UNION SELECT name FROM b',
    'name;id;email',
    '| id | name |\n| --- | --- |',
    'P&ID',
    'travel & expenses',
    '\\\\fileserver\\share\\doc',
    'http://intranet/wiki',
    'C:\\Users\\anna\\report.docx',
    'rock ’n’ roll',
    'const x = await fetch("/api");',
    'if (a == "x" && b == "y") { run(); }',
    'java.lang.NullPointerException\n\tat com.example.Foo.bar(Foo.java:10)',
    '=SUM(A1:A9)',
    '5 * 3',
  ])('%j is work', (text) => {
    expect(found(text).filter((id) => id !== 'sql.statement')).toEqual([]);
  });

  it('reads questions alone', () => {
    for (const rule of WEB_PAYLOADS) expect([rule.id, rule.roles]).toEqual([rule.id, ['user']]);
  });
});
