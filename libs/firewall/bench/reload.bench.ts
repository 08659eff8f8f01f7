/**
 * What a change of rules costs until it is in force: 1,000 rules compiled and used once, by the product's own automaton
 * and by the linear engine of tenants' rules. Prints a record in Markdown. Processor time of this process, best of ROUNDS.
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
const ROUNDS = 15;
const TEXT = 'please drop the table of staging, and tell me about project bluebird in the meantime '.repeat(
  20,
);
const MET = Array.from({ length: COUNT }, (_, at) => `drop table staging_${at}x; `).join('');

function milliseconds(work: () => unknown): { first: number; best: number } {
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1_000);
  }
  return { first: costs[0] ?? 0, best: Math.min(...costs) };
}

/** The product's rules over and over, each with words of its own, so that nothing is shared. */
const many: Rule[] = Array.from({ length: COUNT }, (_, at) => {
  const rule = RULES[at % RULES.length] as Rule;
  return at < RULES.length
    ? rule
    : { ...rule, id: `${rule.id}-${at}`, pattern: `${rule.pattern}(?:w${at}){0,1}` };
});
const own = (count: number): OwnRule[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `own.rule-${at}`,
    category: 'sql',
    kind: 'artifact',
    severity: 'high',
    paranoia: 1,
    literals: [`staging_${at}`, `table${at}`],
    pattern: `(?:drop|delete|truncate) {1,3}(?:table|view) {1,3}(?:staging_${at}|table${at})[a-z_]{0,40}`,
    roles: ['user'],
    catches: [],
    passes: [],
  }));

const rows = [
  [`${COUNT} rules of the product`, () => new RuleSet(many).match(TEXT, 'user', 4)],
  [`${COUNT} rules on the linear engine`, () => new OwnRules(own(COUNT)).match(TEXT, 'user', 4)],
  [`${COUNT} rules on it, all of them met by the text`, () => new OwnRules(own(COUNT)).match(MET, 'user', 4)],
  [`${OWN_RULES_MAX} rules of a tenant`, () => new OwnRules(own(OWN_RULES_MAX)).match(TEXT, 'user', 4)],
] as const;
process.stdout.write('| reload of | best, ms | first, ms |\n| --- | --- | --- |\n');
for (const [name, work] of rows) {
  const { first, best } = milliseconds(work);
  process.stdout.write(`| ${name} | ${best.toFixed(1)} | ${first.toFixed(1)} |\n`);
}
process.stdout.write(`\nNode ${process.version}; load of the machine ${(loadavg()[0] ?? 0).toFixed(1)}.\n`);
