import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const CLI = join(process.cwd(), 'apps/cli/bin/lorekeep.mjs');

export interface BenchRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `lorekeep bench` with these words, to its end. In `folder` it finds no program and keeps its data. */
export async function runBench(
  folder: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<BenchRun> {
  const child = spawn(process.execPath, [CLI, 'bench', ...words], {
    env: { PATH: folder, DATA_DIR: join(folder, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}
