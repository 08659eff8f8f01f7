// What `npm run check` consists of; `npm test` runs the same and more.
import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { command, commands, root, suite } from './run-parts.mjs';

const bin = (name) => join(root, 'node_modules', name);
const node = process.execPath;
export const typescript = ['--import', './test/support/typescript.mjs', '-C', 'lorekeep-source'];

/** One more than there are processors, as some tests wait; more than four only cost memory. */
export const WORKERS = Math.min(4, availableParallelism() + 1);

const tsc = (name, project) =>
  command(name, node, bin('typescript/bin/tsc'), '-p', project, '--noEmit', '--pretty', 'false');
const page = join(root, 'apps/web/tsconfig.json');

// Beside the sources only while tests run: each file of specs would make its own, for four seconds.
const ruleTables = join(root, 'libs/firewall/src/rules/rule-tables.bin');
process.once('exit', () => rmSync(ruleTables, { force: true }));

export const checkParts = [
  [
    // The boundary rules read the project graph from Nx's cache, so it is written first.
    commands('lint', [node, 'test/boundaries/build-graph.mjs'], [node, bin('eslint/bin/eslint.js'), '.']),
    command('format', node, bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
    tsc('types', 'tsconfig.json'),
    ...(existsSync(page) ? [tsc('types of the page', page)] : []),
    command('tables of the firewall’s rules', node, ...typescript, 'libs/firewall/src/rules/keep-tables.ts'),
  ],
  suite('boundaries and small tests', 'small', { workers: WORKERS }),
];
