import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const module = pathToFileURL(fileURLToPath(new URL('run-parts.mjs', import.meta.url))).href;
const folder = mkdtempSync(join(tmpdir(), 'run-parts-'));

/** Runs a script that has everything of run-parts.mjs at hand. */
function run(script: string) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import * as m from '${module}'; const node = process.execPath; ${script}`],
    { encoding: 'utf8' },
  );
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout };
}

function readResults(report: object, code = 0) {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return JSON.parse(
    run(`console.log(JSON.stringify(m.readResults(${JSON.stringify(file)}, ${code})))`).stdout,
  ) as unknown;
}

const PASSED = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};

afterAll(() => rmSync(folder, { recursive: true }));

describe('runParts', () => {
  it('counts a command as one, goes on after a failure, and fails then', () => {
    const { status, lastLine, stdout } = run(
      `await m.runParts([m.command('good', node, '-e', '0'), m.command('bad', node, '-e', 'process.exit(3)'),
        m.command('none', '/no/such/program'), m.commands('two', [node, '-e', '0'], [node, '-e', '0'])])`,
    );
    expect(lastLine).toBe('2 passed, 2 failed, 0 skipped');
    expect(status).toBe(1);
    expect(stdout).toContain('Failed: bad, none');
  });

  it('passes when all passed', () => {
    const { status, lastLine } = run(`await m.runParts([m.command('good', node, '-e', '0')])`);
    expect({ status, lastLine }).toEqual({ status: 0, lastLine: '1 passed, 0 failed, 0 skipped' });
  });

  it('fails when nothing ran', () => {
    const { status, lastLine } = run('await m.runParts([])');
    expect({ status, lastLine }).toEqual({ status: 1, lastLine: '0 passed, 0 failed, 0 skipped' });
  });

  it('does not go on with steps whose predecessor failed', () => {
    const { stdout } = run(
      `await m.runParts([m.commands('two', [node, '-e', 'process.exit(1)'], [node, '-e', 'console.log("went on")'])])`,
    );
    expect(stdout).not.toContain('went on');
  });
});

describe('the results of a suite', () => {
  it('are its test cases; skipped ones and those that needed a second try by name', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'a', invocations: 1 },
      { status: 'passed', fullName: 'b', invocations: 2 },
      { status: 'failed', fullName: 'c', invocations: 2 },
      { status: 'pending', fullName: 'the page in a browser' },
    ];
    expect(
      readResults(
        { ...PASSED, numFailedTests: 2, numPendingTests: 1, testResults: [{ assertionResults }] },
        1,
      ),
    ).toEqual({
      passed: 3,
      failed: 2,
      skipped: 1,
      skippedNames: ['the page in a browser'],
      secondTryNames: ['b'],
    });
  });

  it.each<[string, object, number, number]>([
    ['a file could not be run at all', { ...PASSED, numRuntimeErrorTestSuites: 1 }, 1, 1],
    ['no test ran', { ...PASSED, numPassedTests: 0, numPendingTests: 5 }, 0, 1],
    ['all passed, but the run did not (a leak, a teardown)', PASSED, 1, 1],
    ['all is well', PASSED, 0, 0],
  ])('when %s', (_, report, code, failed) => {
    expect(readResults(report, code)).toMatchObject({ failed });
  });

  it('fail when there is no report', () => {
    const { stdout } = run(`console.log(JSON.stringify(m.readResults('/no/report.json', 1)))`);
    expect(JSON.parse(stdout)).toMatchObject({ passed: 0, failed: 1 });
  });
});
