import { spawn } from 'node:child_process';
import { notPassed, PASSED, type Verdict } from './task.js';

/** Arguments, and what the function must give for them; compared as JSON. */
export type CodeCase = readonly [parameters: readonly unknown[], expected: unknown];

/** Enough for every task by far; an endless loop ends here. */
const RUN_MS = 2_000;
/** With the start of a process on a busy machine. */
const WHOLE_MS = 15_000;
const MEMORY_MIB = 64;
const OUTPUT_MAX = 10_000;
/** Characters of an error that are told. */
const BRIEF = 100;

/**
 * Runs the code where it has nothing: a process of its own without an environment, files, processes, threads or addons
 * (Node's permission model), in a context without Node's objects, code from strings, timers or network. Nobody else's
 * code belongs there all the same: models under test are the operator's own.
 */
const RUNNER = `
const vm = require('node:vm');
let text = '';
process.stdin.on('data', (piece) => (text += piece)).on('end', () => {
  const { code, timeout } = JSON.parse(text);
  const box = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  let result;
  try { result = vm.runInContext(code, box, { timeout }); }
  catch (error) { result = JSON.stringify({ error: String((error && error.message) || 'failed').slice(-1000) }); }
  process.stdout.write(typeof result === 'string' ? result : '{"error":"no result"}');
});`;

/** Whether `name`, as the code defines it, passes every case. Never throws. */
export async function runCode(code: string, name: string, cases: readonly CodeCase[]): Promise<Verdict> {
  const tests = `;(() => { const cases = ${JSON.stringify(cases)}; return JSON.stringify({ got: cases.map(([p]) => {
    try { return JSON.stringify(${name}(...p)) ?? 'undefined'; } catch (error) { return 'error: ' + String(error).slice(0, 100); }
  }) }); })()`;
  const said = await runApart(JSON.stringify({ code: `${code}\n${tests}`, timeout: RUN_MS }));
  return judge(said, cases);
}

function judge(said: string | undefined, cases: readonly CodeCase[]): Verdict {
  if (said === undefined) return notPassed('the code did not come to an end');
  let result: { got?: unknown; error?: unknown };
  try {
    result = JSON.parse(said) as typeof result;
  } catch {
    return notPassed('the code gave no result');
  }
  if (!Array.isArray(result.got)) return notPassed(`the code cannot be run: ${brief(String(result.error))}`);
  const got = result.got as unknown[];
  const wrong = cases.findIndex(([, expected], at) => !same(got[at], expected));
  if (wrong < 0) return PASSED;
  const [parameters, expected] = cases[wrong] ?? [];
  return notPassed(
    `${String(got[wrong]).slice(0, 100)} in place of ${JSON.stringify(expected)} for ${JSON.stringify(parameters)}`,
  );
}

/** What failed stands at the end of an error's sentence, and a model's own names are of any length. */
function brief(text: string): string {
  return text.length <= BRIEF ? text : `${text.slice(0, BRIEF / 2)}…${text.slice(-BRIEF / 2)}`;
}

/** Keys in any order. */
function same(got: unknown, expected: unknown): boolean {
  try {
    return canonical(JSON.parse(String(got)) as unknown) === canonical(expected);
  } catch {
    return false;
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

function runApart(input: string): Promise<string | undefined> {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      [permission, '--no-warnings', `--max-old-space-size=${MEMORY_MIB}`, '-e', RUNNER],
      { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] },
    );
    let output = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), WHOLE_MS);
    child.stdout.on('data', (piece: Buffer) => {
      output += piece.toString();
      if (output.length > OUTPUT_MAX) child.kill('SIGKILL');
    });
    child.stdin.on('error', () => undefined);
    child.once('error', () => done(undefined));
    child.once('close', (code) => {
      clearTimeout(timer);
      done(code === 0 ? output : undefined);
    });
    child.stdin.end(input);
  });
}
