import { FIREWALL_ROLES, type AuditRow, type FirewallCase } from '@lorekeep/contracts';

type Role = FirewallCase['role'];

export interface Alarm {
  /** As what the kept question alarms by itself; null: it does not. */
  role: Role | null;
  /** Something was taken out of the question: what is kept is without it. */
  takenOut: boolean;
  /** As what other texts alarmed, which are not kept. */
  elsewhere: Role[];
}

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : []);
const roleOf = ({ role }: Json): Role => FIREWALL_ROLES.find((each) => each === role) ?? 'user';

/** In which texts the firewall had something against a question; null where it had nothing. */
export function alarmOf(rows: readonly Pick<AuditRow, 'kind' | 'detail'>[]): Alarm | null {
  const opened = objectOf(rows.find(({ kind }) => kind === 'question.opened')?.detail);
  const closed = objectOf(rows.findLast(({ kind }) => kind === 'question.closed')?.detail);
  const firewall = objectOf(closed['firewall']);
  const texts = objectsIn(firewall['texts']);
  if (texts.length === 0) return null;
  const taken = new Set(objectsIn(opened['takenOut']).map(({ rule }) => rule));
  const own = texts.find(({ question }) => question === true);
  const remains = objectsIn(firewall['rules']).some(
    ({ text, rule }) => text === own?.['text'] && !taken.has(rule),
  );
  return {
    role: own && own['action'] !== 'redact' && remains ? roleOf(own) : null,
    takenOut: taken.size > 0,
    elsewhere: [...new Set(texts.filter((text) => text !== own).map(roleOf))],
  };
}
