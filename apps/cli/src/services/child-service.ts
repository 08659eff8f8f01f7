import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError } from '../cli.errors.js';
import { processIdentity } from '@lorekeep/kit/process';
import { lastWordsIn } from './last-words.js';
import { MALLOC, NODE_ARGUMENTS } from './node-arguments.js';

export interface ServiceOptions {
  readonly name: keyof typeof NODE_ARGUMENTS;
  /** File that Node runs. */
  readonly main: string;
  /** The whole environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of its log file. */
  readonly logs: string;
}

export interface ChildService {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** What it said at last, for the message when it failed. */
  tail(): string;
  /** SIGTERM, so that it finishes what it is at; SIGKILL when that takes longer than `patience` ms. */
  stop(patience: number): Promise<void>;
}

const LOG_BYTES_MAX = 10 * 1024 * 1024;

/** Starts gateway or worker as a child that ends itself when we are gone (its IPC channel closes). */
export function startService(options: ServiceOptions): ChildService {
  if (!existsSync(options.main)) {
    throw new CliError(`The ${options.name} is not built: run npm run build, or npm start.`);
  }
  const path = join(options.logs, `${options.name}.log`);
  const { log, from } = openLog(path);
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', ...NODE_ARGUMENTS[options.name], options.main],
    {
      env: { ...MALLOC, ...options.environment, LOREKEEP_CHILD: '1' },
      stdio: ['ignore', log, log, 'ipc'],
      cwd: dirname(options.main),
      // A session of its own: Ctrl-C in the terminal reaches us alone, and we end things in order.
      detached: true,
    },
  );
  closeSync(log);
  const ended = endOf(child);
  const pid = child.pid ?? 0;
  return {
    name: options.name,
    pid,
    identity: processIdentity(pid) ?? '',
    ended,
    tail: () => lastWordsIn(path, from),
    stop: (patience) => stopChild(child, ended, patience),
  };
}

async function stopChild(child: ChildProcess, ended: Promise<string>, patience: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    child.once('error', (cause) => done(cause.message));
    child.once('exit', (code, signal) => done(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}

function openLog(path: string): { log: number; from: number } {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
  return { log: openSync(path, 'a', 0o600), from: size > LOG_BYTES_MAX ? 0 : size };
}
