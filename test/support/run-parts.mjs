// Runs the parts of `npm run check` and `npm test` one after another, says what it does, and counts.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools } from './find-tools.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** A part that hangs is a part that fails. The longest, the end-to-end tests, takes about fourteen minutes on two quiet cores. */
const PART_LIMIT_MS = 45 * 60_000;
const KILL_AFTER_MS = 10_000;

const tools = findTools();
const environment = {
  ...process.env,
  ...tools.found,
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
};

/** A program; it passes when it ends with 0. Counts as one. */
export function command(name, program, ...args) {
  return { name, run: async () => count((await start(program, args)) === 0 ? 'passed' : 'failed') };
}

/** Several programs of which each needs the one before. Counts as one. */
export function commands(name, ...steps) {
  return {
    name,
    run: async () => {
      for (const [program, ...args] of steps) if ((await start(program, args)) !== 0) return count('failed');
      return count('passed');
    },
  };
}

/** A project of jest.config.mjs; counts each test case. A project without a test fails. */
export function suite(name, project, { workers }) {
  return {
    name,
    run: async () => {
      const results = join(root, '.lorekeep', 'test-results', `${name.replaceAll(/\W+/g, '-')}.json`);
      mkdirSync(dirname(results), { recursive: true });
      rmSync(results, { force: true });
      const code = await start(process.execPath, [
        '--experimental-vm-modules',
        '--no-warnings',
        join(root, 'node_modules/jest/bin/jest.js'),
        ...['--selectProjects', project, '--maxWorkers', String(workers)],
        ...['--json', '--outputFile', results],
      ]);
      return readResults(results, code);
    },
  };
}

export function readResults(file, code) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return count('failed');
  }
  const counts = {
    passed: report.numPassedTests,
    // A file that could not be run at all holds no test case that could have failed.
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status }) => ['pending', 'todo', 'skipped'].includes(status))
        .map(({ fullName }) => fullName),
    ),
    secondTryNames: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status, invocations }) => status === 'passed' && invocations > 1)
        .map(({ fullName }) => fullName),
    ),
  };
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  // A leaked connection or a failed teardown fails no test case, but the run.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

const count = (outcome) => ({
  passed: 0,
  failed: 0,
  skipped: 0,
  skippedNames: [],
  secondTryNames: [],
  [outcome]: 1,
});

/** Runs every part, also after one has failed; the exit code tells whether all passed and at least one ran. */
export async function runParts(parts) {
  const begun = performance.now();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failedParts = [];
  const skippedNames = [];
  const secondTryNames = [];
  for (const part of parts) {
    say(`\n▸ ${part.name}`);
    const started = performance.now();
    const counts = await part.run();
    for (const key of Object.keys(total)) total[key] += counts[key];
    skippedNames.push(...counts.skippedNames);
    secondTryNames.push(...counts.secondTryNames);
    if (counts.failed > 0) failedParts.push(part.name);
    const detail = counts.passed + counts.failed + counts.skipped > 1 ? `, ${line(counts)}` : '';
    say(`${counts.failed > 0 ? '✗' : '✓'} ${part.name}: ${seconds(started)}${detail}`);
  }
  say('');
  for (const sentence of tools.missing) say(`Not run: ${sentence}.`);
  for (const name of skippedNames) say(`Skipped: ${name}`);
  for (const name of secondTryNames) say(`Passed at the second try only: ${name}`);
  if (failedParts.length > 0) say(`Failed: ${failedParts.join(', ')}`);
  say(`All parts: ${seconds(begun)}`);
  say(line(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
// One stream for everything, so that the last line stays the last.
const say = (text) => process.stdout.write(`${text}\n`);

/** Exit code of the program, 1 when it could not be started or had to be ended. */
function start(program, args) {
  return new Promise((resolve) => {
    // A group of its own: whatever the program started ends with it.
    const child = spawn(program, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', 1, 1],
      detached: true,
    });
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // it has ended already
      }
    };
    const limit = setTimeout(() => {
      say(`ended after ${PART_LIMIT_MS / 60_000} minutes: ${program} ${args.join(' ')}`);
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), KILL_AFTER_MS).unref();
    }, PART_LIMIT_MS);
    const interrupted = (signal) => {
      end(signal);
      child.once('close', () => process.exit(130));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupted);
    const settle = (code) => {
      clearTimeout(limit);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, interrupted);
      resolve(code);
    };
    child.once('error', (error) => {
      say(`${program}: ${error.message}`);
      settle(1);
    });
    child.once('close', (code) => settle(code ?? 1));
  });
}
