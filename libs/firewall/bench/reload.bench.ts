/**
 * What a change of rules costs until it is in force: 1,000 rules, of which one is changed or all are new, compiled and used
 * once, by the product's own automaton and by the linear engine of tenants' rules; and what the first text pays that meets
 * all new rules of a tenant, made ready before or not. Prints a record in Markdown. Processor time of this process, best of
 * ROUNDS; and the first time of all, when the process has not run any of it before.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/reload.bench.ts
 */
import { loadavg } from 'node:os';
import { RULES } from '../src/rules/all-rules.js';
import { RuleSet } from '../src/rules/rule-set.js';
import type { Rule } from '../src/rules/rule.js';
import { OWN_RULES_MAX, type OwnRule } from '../src/tenant-rules/own-rule.js';
import { OwnRules } from '../src/tenant-rules/own-rules.js';

const COUNT = 1_000;
const ROUNDS = 7;
const TEXT = 'please drop the table of staging, and tell me about project bluebird in the meantime '.repeat(
  20,
);
const MET = Array.from({ length: COUNT }, (_, at) => `drop table staging_${at}x; `).join('');

/** All new where the salt is another one, else one rule that another round does not have. */
type Work = (round: number, salt: number) => unknown;

function milliseconds(work: Work): { first: number; changed: number; fresh: number } {
  const cost = (round: number, salt: number): number => {
    const before = process.cpuUsage();
    work(round, salt);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  const each = Array.from({ length: ROUNDS }, (_, round) => round);
  const first = cost(0, 0);
  const changed = Math.min(...each.map((round) => cost(round + 1, 0)));
  return { first, changed, fresh: Math.min(...each.map((round) => cost(0, (round + 1) * COUNT))) };
}

/** The product's rules over and over, each with words of its own, so that nothing is shared. */
const many = (round: number, salt: number): Rule[] =>
  Array.from({ length: COUNT }, (_, at) => {
    const rule = RULES[at % RULES.length] as Rule;
    const own = at === 0 ? `x${round}` : `w${salt + at}`;
    return salt === 0 && at > 0 && at < RULES.length
      ? rule
      : { ...rule, id: `${rule.id}-${at}`, pattern: `${rule.pattern}(?:${own}){0,1}` };
  });
const own = (count: number, round: number, salt = 0): OwnRule[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `own.rule-${at}`,
    category: 'sql',
    kind: 'artifact',
    severity: 'high',
    paranoia: 1,
    literals: [`staging_${at}`, `table${at}`],
    pattern: `(?:drop|delete|truncate) {1,3}(?:table|view) {1,3}(?:staging_${at}|table${at})[a-z_]{0,${at === 0 ? 41 + round : 40}}${salt === 0 ? '' : `(?:z${salt + at}){0,1}`}`,
    roles: ['user'],
    catches: [],
    passes: [],
  }));

const rows = [
  [
    `${COUNT} rules of the product`,
    (round: number, salt: number) => new RuleSet(many(round, salt)).match(TEXT, 'user', 4),
  ],
  [
    `${COUNT} rules on the linear engine`,
    (round: number, salt: number) => new OwnRules(own(COUNT, round, salt)).match(TEXT, 'user', 4),
  ],
  [
    `${COUNT} rules on it, all of them met by the text`,
    (round: number, salt: number) => new OwnRules(own(COUNT, round, salt)).match(MET, 'user', 4),
  ],
  [
    `${OWN_RULES_MAX} rules of a tenant`,
    (round: number, salt: number) => new OwnRules(own(OWN_RULES_MAX, round, salt)).match(TEXT, 'user', 4),
  ],
] as const;
process.stdout.write(
  '| reload of | one changed, ms | all new, ms | first of the process, ms |\n| --- | --- | --- | --- |\n',
);
for (const [name, work] of rows) {
  const { first, changed, fresh } = milliseconds(work);
  process.stdout.write(
    `| ${name} | ${[changed, fresh, first].map((cost) => cost.toFixed(1)).join(' | ')} |\n`,
  );
}
process.stdout.write('\n| all rules new, each time | ms |\n| --- | --- |\n');
const MET_TENANT = MET.slice(0, MET.indexOf(`staging_${OWN_RULES_MAX}x`));
/** Of rules that no other round has, what one of the things done with them costs. */
function newRules(
  done: (rules: OwnRules) => unknown,
  before: (rules: OwnRules) => unknown = () => 0,
): string {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    fresh += OWN_RULES_MAX;
    const asked = own(OWN_RULES_MAX, round, fresh);
    const began = process.cpuUsage();
    const rules = new OwnRules(asked);
    const made = process.cpuUsage(began);
    before(rules);
    const from = process.cpuUsage();
    done(rules);
    const { user, system } = process.cpuUsage(from);
    best = Math.min(best, user + system + (done === nothing ? made.user + made.system : 0));
  }
  return (best / 1_000).toFixed(1);
}
let fresh = 0;
const nothing = (): number => 0;
const question = (rules: OwnRules): unknown => rules.match(MET_TENANT, 'user', 4);
const ready = (rules: OwnRules): unknown => [...rules.preparing()];
for (const [name, cost] of [
  [`${OWN_RULES_MAX} rules of a tenant, in force`, newRules(nothing)],
  ['the first text that holds literals of all of them', newRules(question)],
  ['the same, once they were made ready while nobody waited', newRules(question, ready)],
  ['to make them ready, a rule at a time, all together', newRules(ready)],
])
  process.stdout.write(`| ${name ?? ''} | ${cost ?? ''} |\n`);
process.stdout.write(`\nNode ${process.version}; load of the machine ${(loadavg()[0] ?? 0).toFixed(1)}.\n`);
