import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RULES } from './all-rules.js';
import { packArrays, unpackArrays } from './pack-arrays.js';
import type { Rule } from './rule.js';
import { RuleSet, type RuleTables } from './rule-set.js';

/** Beside this module where the product is built; nowhere in the sources. */
export const TABLES = new URL('rule-tables.bin', import.meta.url);

interface Kept {
  /** Of the rules that the tables were made of. */
  readonly key: string;
  readonly tables: RuleTables;
}

/** The rules of the product, with the tables that were made when it was built; without them they are made as they are needed. */
export function builtInRules(): RuleSet {
  return new RuleSet(RULES, readTables());
}

function readTables(): RuleTables | undefined {
  try {
    return unpackTables(RULES, readFileSync(TABLES));
  } catch {
    return undefined;
  }
}

export function packTables(rules: readonly Rule[], tables: RuleTables): Uint8Array<ArrayBuffer> {
  return packArrays({ key: keyOf(rules), tables } satisfies Kept);
}

/** Tables that were made of these rules; nothing where it was of others. @throws SyntaxError or RangeError for other bytes */
export function unpackTables(rules: readonly Rule[], bytes: Uint8Array<ArrayBuffer>): RuleTables | undefined {
  const { key, tables } = unpackArrays(bytes) as Kept;
  return key === keyOf(rules) ? tables : undefined;
}

function keyOf(rules: readonly Rule[]): string {
  const read = rules.map(({ pattern, literals, roles, paranoia }) => [pattern, literals, roles, paranoia]);
  return createHash('sha256').update(JSON.stringify(read)).digest('hex');
}
