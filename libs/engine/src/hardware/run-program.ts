import { spawn } from 'node:child_process';

/** More than any answer of nvidia-smi; the rest is dropped. */
const MAX_OUTPUT = 1 << 20;

export type ProgramResult =
  | { readonly outcome: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'timeout' };

export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program without a shell and without input. */
export type RunProgram = (
  file: string,
  parameters: readonly string[],
  options: RunOptions,
) => Promise<ProgramResult>;

/**
 * After the time limit the program is killed and not waited for: nvidia-smi on a card that fell off the bus sleeps in the
 * kernel, where no signal reaches it. Throws when the caller's signal is aborted.
 */
export const runProgram: RunProgram = (file, parameters, { timeoutMs, signal }) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const drop = (): void => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
    };
    const timer = setTimeout(() => {
      drop();
      end(() => resolve({ outcome: 'timeout' }));
    }, timeoutMs);
    const abort = (): void => {
      drop();
      end(() => reject(signal?.reason as Error));
    };
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    child.once('error', () => end(() => resolve({ outcome: 'missing' })));
    child.once('close', (code) =>
      end(() => resolve({ outcome: 'ended', code: code ?? 1, stdout: stdout(), stderr: stderr() })),
    );
  });

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (text = (text + chunk).slice(0, MAX_OUTPUT)));
  return () => text;
}
