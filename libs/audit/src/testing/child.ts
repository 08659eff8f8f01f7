import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const ROOT = new URL('../../../../', import.meta.url).pathname;

export interface Child {
  readonly ready: Promise<void>;
  /** Begins; resolves with the sequences that were acknowledged when the process has ended. */
  go(): Promise<number[]>;
  /** Resolves once so many were acknowledged. */
  acknowledged(count: number): Promise<void>;
  kill(): void;
}

/** Starts testing/append-many.ts as a process of its own. */
export function startAppending(url: string, tenantId: string, count: number): Child {
  const script = ['--import', './test/support/typescript.mjs', '-C', 'lorekeep-source'];
  const child = spawn(
    process.execPath,
    [...script, 'libs/audit/src/testing/append-many.ts', url, tenantId, String(count)],
    { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const sequences: number[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  let started = () => {};
  const ready = new Promise<void>((resolve) => (started = resolve));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line === 'ready') return started();
    sequences.push(Number(line));
    for (const { count: wanted, done } of waiting) if (sequences.length >= wanted) done();
  });
  const ended = new Promise<void>((done) => lines.once('close', done));
  return {
    ready,
    go: async () => {
      child.stdin.end('go\n');
      await ended;
      return sequences;
    },
    acknowledged: (wanted) => new Promise((done) => waiting.push({ count: wanted, done })),
    kill: () => child.kill('SIGKILL'),
  };
}
