// `npm test`: everything. Its last line is `N passed, N failed, N skipped`: test cases, and each other part as one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command, root, runParts, suite } from './support/run-parts.mjs';
import { checkParts, typescript, WORKERS } from './support/parts.mjs';

if (!existsSync(join(root, 'node_modules/jest'))) {
  console.log('▸ install (node_modules is missing)');
  const { status } = spawnSync('npm', ['ci'], { cwd: root, stdio: ['ignore', 1, 1] });
  if (status !== 0) {
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
}

const node = process.execPath;

await runParts([
  ...checkParts,
  [
    command('generated files', node, ...typescript, 'test/support/generate-files.ts', '--check'),
    // Every pattern of the firewall has a verdict beside the rules; some are proven again.
    command(
      'proof of the firewall’s patterns',
      node,
      ...typescript,
      'libs/firewall/bench/prove-patterns.ts',
      '--check',
    ),
  ],
  suite('database tests', 'db', { workers: Math.min(3, WORKERS) }),
  command('build', 'npm', 'run', '--silent', 'build'),
  // Each starts services of its own: more than three would wait for one another.
  suite('end-to-end tests', 'e2e', { workers: Math.min(3, WORKERS) }),
]);
