// What `npm run check` consists of; `npm test` runs the same and more.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { command, commands, root, suite } from './run-parts.mjs';

const bin = (name) => join(root, 'node_modules', name);
const node = process.execPath;

/** Small tests are bound by the processor; more workers than four only cost memory. */
export const WORKERS = Math.min(4, availableParallelism());

const tsc = (project) => [node, bin('typescript/bin/tsc'), '-p', project, '--noEmit', '--pretty', 'false'];
const page = join(root, 'apps/web/tsconfig.json');

export const checkParts = [
  command('format', node, bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
  // The boundary rules read the project graph from Nx's cache, so it is written first.
  commands('lint', [node, 'test/boundaries/build-graph.mjs'], [node, bin('eslint/bin/eslint.js'), '.']),
  commands('types', tsc('tsconfig.json'), ...(existsSync(page) ? [tsc(page)] : [])),
  suite('boundaries and small tests', 'small', { workers: WORKERS }),
];
