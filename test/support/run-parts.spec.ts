import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const module = pathToFileURL(fileURLToPath(new URL('run-parts.mjs', import.meta.url))).href;

/** Runs a script that has everything of run-parts.mjs at hand. */
function run(script: string) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import * as m from '${module}'; const node = process.execPath; ${script}`],
    { encoding: 'utf8' },
  );
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout };
}

type File = { name: string; status: string; assertionResults: object[] };
const file = (name: string, status: string, ...cases: string[]): File => ({
  name,
  status,
  assertionResults: cases.map((each) => ({ status: each, fullName: `${name} ${each}`, invocations: 1 })),
});

function countCases(result: { code: number; report?: { testResults: object[] } }) {
  return JSON.parse(
    run(`console.log(JSON.stringify(m.countCases(${JSON.stringify(result)})))`).stdout,
  ) as unknown;
}

/** The counts after a first run and, where there is one, a second. */
function countBoth(first: File[], second: File[], code = 0) {
  const { stdout } = run(
    `const asked = [];
     const again = (files) => { asked.push(files); return { code: ${code}, report: { testResults: ${JSON.stringify(second)} } }; };
     const both = await m.withSecondRun({ code: 1, report: { testResults: ${JSON.stringify(first)} } }, again);
     console.log(JSON.stringify({ asked, counts: m.countCases(both) }))`,
  );
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as unknown;
}

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

  it('runs a list among them side by side, and what follows after all of them', () => {
    const wait = `(ms, name) => m.command(name, node, '-e', 'setTimeout(() => console.log(\"' + name + ' ends\"), ' + ms + ')')`;
    const { lastLine, stdout } = run(
      `const wait = ${wait}; await m.runParts([[wait(300, 'slow'), m.command('bad', node, '-e', 'process.exit(3)')], wait(0, 'next')])`,
    );
    expect(lastLine).toBe('2 passed, 1 failed, 0 skipped');
    expect(stdout.indexOf('▸ next')).toBeGreaterThan(stdout.indexOf('slow ends'));
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
    // The second could not be run at all.
    const testResults = [{ name: 'x', status: 'failed', assertionResults }, file('y', 'failed')];
    expect(countCases({ code: 1, report: { testResults } })).toEqual({
      passed: 2,
      failed: 2,
      skipped: 1,
      skippedNames: ['the page in a browser'],
      secondTryNames: ['b'],
    });
  });

  it.each<[string, number, File[], number]>([
    ['a file could not be run at all', 1, [file('a', 'passed', 'passed'), file('b', 'failed')], 1],
    ['what came after its cases failed', 1, [file('a', 'failed', 'passed')], 1],
    ['no test ran', 0, [file('a', 'passed', 'pending')], 1],
    ['all passed, but the run did not (a leak, a teardown)', 1, [file('a', 'passed', 'passed')], 1],
    ['all is well', 0, [file('a', 'passed', 'passed')], 0],
  ])('when %s', (_, code, testResults, failed) => {
    expect(countCases({ code, report: { testResults } })).toMatchObject({ failed });
  });

  it('fail when there is no report', () => {
    expect(countCases({ code: 1 })).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('a file that failed', () => {
  const good = file('good', 'passed', 'passed', 'passed');
  const bad = file('bad', 'failed', 'passed', 'failed');

  it('runs once more, alone, and is named when it passed then', () => {
    expect(countBoth([good, bad], [file('bad', 'passed', 'passed', 'passed')])).toEqual({
      asked: [['bad']],
      counts: {
        passed: 4,
        failed: 0,
        skipped: 0,
        skippedNames: [],
        secondTryNames: [expect.stringMatching(/^all of .*bad$/)],
      },
    });
  });

  it('has failed when it fails again, cannot be run again, or its second run fails without a case', () => {
    expect(countBoth([good, bad], [bad], 1)).toMatchObject({ counts: { passed: 3, failed: 1 } });
    expect(countBoth([good, bad], [], 1)).toMatchObject({ counts: { passed: 3, failed: 1 } });
    expect(countBoth([good, bad], [file('bad', 'passed', 'passed')], 1)).toMatchObject({
      counts: { failed: 1 },
    });
  });

  it('does not run again when nothing failed, or more than a busy machine explains', () => {
    expect(countBoth([good], [])).toMatchObject({ asked: [] });
    const names = [...'abcdefghi'];
    const many = names.map((name) => file(name, 'failed', 'failed'));
    expect(countBoth(many, [])).toMatchObject({ asked: [], counts: { failed: 9 } });
    expect(countBoth(many.slice(1), [])).toMatchObject({ asked: [names.slice(1)] });
  });
});
