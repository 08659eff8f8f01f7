import type { Setup } from './setup.js';

/** One difference between two setups, as the page shows it and the audit keeps it. */
export interface Change {
  readonly what: 'preset' | 'paranoia' | 'shadow' | 'action' | 'rule' | 'exception';
  /** Category, id of a rule, target of an exception; empty for the others. */
  readonly name: string;
  /** null: not there. */
  readonly before: string | null;
  readonly after: string | null;
}

export function changesBetween(before: Setup, after: Setup): Change[] {
  const changes: Change[] = [];
  for (const what of ['preset', 'paranoia', 'shadow'] as const)
    if (before[what] !== after[what])
      changes.push({ what, name: '', before: String(before[what]), after: String(after[what]) });
  const told = <T>(list: readonly T[], name: (one: T) => string, text: (one: T) => string) =>
    new Map(list.map((one) => [name(one), text(one)]));
  const compare = (
    what: Change['what'],
    old: Map<string, string>,
    next: Map<string, string>,
    label = same,
  ) => {
    for (const name of new Set([...old.keys(), ...next.keys()])) {
      const [was, is] = [old.get(name) ?? null, next.get(name) ?? null];
      if (was !== is) changes.push({ what, name: label(name), before: was, after: is });
    }
  };
  compare('action', new Map(Object.entries(before.actions)), new Map(Object.entries(after.actions)));
  const rules = ({ rules }: Setup) => told(rules, ({ id }) => id, shortRule);
  compare('rule', rules(before), rules(after));
  const exceptions = ({ exceptions }: Setup) => told(exceptions, ({ id }) => id, shortException);
  const targets = new Map([...before.exceptions, ...after.exceptions].map(({ id, target }) => [id, target]));
  compare('exception', exceptions(before), exceptions(after), (id) => targets.get(id) ?? id);
  return changes;
}

const same = (name: string): string => name;

const shortRule = (rule: Setup['rules'][number]): string => {
  const { category, kind, severity, paranoia, literals, pattern, roles, catches, passes } = rule;
  return JSON.stringify({ category, kind, severity, paranoia, literals, pattern, roles, catches, passes });
};

const shortException = (exception: Setup['exceptions'][number]): string => {
  const { fragment, groupIds, reason, expiresAt } = exception;
  return JSON.stringify({ fragment, groupIds, reason, expiresAt });
};
