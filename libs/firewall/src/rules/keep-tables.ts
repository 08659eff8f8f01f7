// The last step of the build: what is made of the product's rules lies beside them, so that no start waits for it.
import { deepStrictEqual } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { RULES } from './all-rules.js';
import { packTables, TABLES, unpackTables } from './built-in-rules.js';
import { RuleSet } from './rule-set.js';

const tables = new RuleSet(RULES).tables();
writeFileSync(TABLES, packTables(RULES, tables));
deepStrictEqual(unpackTables(RULES, readFileSync(TABLES)), tables);
