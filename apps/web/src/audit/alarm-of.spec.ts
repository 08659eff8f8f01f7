import { describe, expect, it } from '@jest/globals';
import { alarmOf } from './alarm-of.js';

const SECRET = { rule: 'secret.aws-key', category: 'secret' };
const rows = (firewall: object, takenOut: object[] = []) => [
  { kind: 'question.opened', detail: { question: 'x', takenOut } },
  { kind: 'question.closed', detail: { firewall } },
];
const text = (at: number, action: string, role: string, question = false) => ({
  ...{ text: at, action, role, question },
});

describe('alarmOf', () => {
  it('is the question where the question alarmed, in its role', () => {
    const firewall = { texts: [text(0, 'flag', 'user', true)], rules: [{ rule: 'sql.or', text: 0 }] };
    expect(alarmOf(rows(firewall))).toEqual({ role: 'user', takenOut: false, elsewhere: [] });
  });

  it('is no test of the question where something else alarmed', () => {
    const texts = [text(0, 'refuse', 'system'), text(1, 'refuse', 'tool'), text(2, 'flag', 'tool')];
    const firewall = { texts, rules: [{ rule: 'sql.or', text: 0 }] };
    expect(alarmOf(rows(firewall))).toEqual({ role: null, takenOut: false, elsewhere: ['system', 'tool'] });
  });

  it('is not what was taken out, but what is still there', () => {
    const redacted = { texts: [text(0, 'redact', 'user', true)], rules: [{ ...SECRET, text: 0 }] };
    expect(alarmOf(rows(redacted, [SECRET]))).toEqual({ role: null, takenOut: true, elsewhere: [] });
    const shadowed = { ...redacted, texts: [text(0, 'refuse', 'user', true)] };
    expect(alarmOf(rows(shadowed, [SECRET]))?.role).toBeNull();
    const both = { ...shadowed, rules: [...shadowed.rules, { rule: 'sql.or', text: 0 }] };
    expect(alarmOf(rows(both, [SECRET]))).toEqual({ role: 'user', takenOut: true, elsewhere: [] });
  });

  it('is nothing where nothing alarmed, or where the record has no such thing', () => {
    expect(alarmOf(rows({ texts: [], rules: [{ rule: 'sql.or', text: 0 }] }))).toBeNull();
    for (const firewall of [{}, { texts: 'x' }, { texts: [] }]) expect(alarmOf(rows(firewall))).toBeNull();
    expect(alarmOf([])).toBeNull();
  });
});
