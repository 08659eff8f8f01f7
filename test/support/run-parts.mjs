// Runs the parts of `npm run check` and `npm test`, says what it does, and counts.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools } from './find-tools.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** A part that hangs is a part that fails. The longest, the end-to-end tests, takes some eight minutes on two quiet cores. */
const PART_LIMIT_MS = 60 * 60_000;
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
  const results = join(root, '.lorekeep', 'test-results', `${name.replaceAll(/\W+/g, '-')}.json`);
  const jest = async (maxWorkers, files) => {
    rmSync(results, { force: true });
    const code = await start(process.execPath, [
      '--experimental-vm-modules',
      '--no-warnings',
      join(root, 'node_modules/jest/bin/jest.js'),
      ...['--selectProjects', project, '--maxWorkers', String(maxWorkers)],
      ...['--json', '--outputFile', results],
      ...(files.length > 0 ? ['--runTestsByPath', ...files] : []),
    ]);
    return { code, report: readReport(results) };
  };
  return {
    name,
    run: async () => {
      mkdirSync(dirname(results), { recursive: true });
      return countCases(await withSecondRun(await jest(workers, []), (files) => jest(1, files)));
    },
  };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** More are no accident of a busy machine. */
const MOST_AGAIN = 8;

/**
 * Files that failed run once more, alone and from nothing: a second try of a case finds what the first left behind.
 * @param again runs the files at these paths, one after the other
 */
export async function withSecondRun(first, again) {
  const failed = (first.report?.testResults ?? [])
    .filter(({ status }) => status === 'failed')
    .map(({ name }) => name);
  if (failed.length === 0 || failed.length > MOST_AGAIN) return first;
  say(`Once more, alone: ${failed.map((path) => relative(root, path)).join(', ')}`);
  const second = await again(failed);
  const others = first.report.testResults.filter(({ name }) => !failed.includes(name));
  const repeated = (second.report?.testResults ?? []).map((result) => ({ ...result, again: true }));
  // A file that the second run does not know has failed for good.
  if (repeated.length < failed.length) return first;
  return { code: second.code, report: { testResults: [...others, ...repeated] } };
}

/** @param code of the process: a leaked connection or a failed teardown fails no test case, but the run */
export function countCases({ code, report }) {
  if (!report) return count('failed');
  const cases = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (which) => cases.filter(which).map(({ fullName }) => fullName);
  const skippedNames = named(({ status }) => ['pending', 'todo', 'skipped'].includes(status));
  const counts = {
    passed: named(({ status }) => status === 'passed').length,
    failed:
      named(({ status }) => status === 'failed').length +
      // A file that could not be run at all holds no test case that could have failed.
      report.testResults.filter(
        ({ status, assertionResults }) =>
          status === 'failed' && assertionResults.every((result) => result.status !== 'failed'),
      ).length,
    skipped: skippedNames.length,
    skippedNames,
    secondTryNames: [
      ...named(({ status, invocations }) => status === 'passed' && invocations > 1),
      ...report.testResults
        .filter(({ status, again }) => status === 'passed' && again)
        .map(({ name }) => `all of ${relative(root, name)}`),
    ],
  };
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
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

/**
 * Runs every part, also after one has failed; the exit code tells whether all passed and at least one ran.
 * @param parts one after another; a list among them side by side, as many as there are processors
 */
export async function runParts(parts) {
  const begun = performance.now();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failedParts = [];
  const skippedNames = [];
  const secondTryNames = [];
  const run = async (part) => {
    say(`\n▸ ${part.name}`);
    const started = performance.now();
    const counts = await part.run();
    for (const key of Object.keys(total)) total[key] += counts[key];
    skippedNames.push(...counts.skippedNames);
    secondTryNames.push(...counts.secondTryNames);
    if (counts.failed > 0) failedParts.push(part.name);
    const detail = counts.passed + counts.failed + counts.skipped > 1 ? `, ${line(counts)}` : '';
    say(`${counts.failed > 0 ? '✗' : '✓'} ${part.name}: ${seconds(started)}${detail}`);
  };
  for (const part of parts) await (Array.isArray(part) ? sideBySide(part, run) : run(part));
  say('');
  for (const sentence of tools.missing) say(`Not run: ${sentence}.`);
  for (const name of skippedNames) say(`Skipped: ${name}`);
  for (const name of secondTryNames) say(`Passed at the second try only: ${name}`);
  if (failedParts.length > 0) say(`Failed: ${failedParts.join(', ')}`);
  say(`All parts: ${seconds(begun)}`);
  say(line(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

async function sideBySide(parts, run) {
  const left = [...parts];
  const work = async () => {
    for (let part = left.shift(); part; part = left.shift()) await run(part);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
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
