import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const READY = /listening on (http:\S+)/;
/** Starting takes about 60 ms; a machine under load needs more. */
const START_TIMEOUT_MS = 30_000;

export interface RecordedRequest {
  path: string;
  headers: Record<string, string>;
  port: number;
  body: Record<string, unknown>;
  state: string;
  startedAt: number;
  endedAt: number | null;
}

/** A running fake vLLM and its control routes. */
export interface FakeVllm {
  readonly url: string;
  readonly process: ChildProcess;
  fault(kind: string, options?: Record<string, unknown>): Promise<void>;
  script(script: Record<string, unknown>): Promise<void>;
  /** Answers that are under way, and those that follow until the next reset, take no time any more. */
  hurry(): Promise<void>;
  reset(): Promise<void>;
  /** A port that a fault closed is opened before its time. */
  open(): void;
  requests(): Promise<{ aborted: number; requests: RecordedRequest[] }>;
  stop(): Promise<void>;
}

/** Starts `main.mjs` with these arguments; call `stop` at the end. */
export async function startFakeVllm(args: string[] = []): Promise<FakeVllm> {
  const main = join(process.cwd(), 'test/support/fake-vllm/main.mjs');
  const child = spawn(process.execPath, [main, '--exit-with-parent', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await untilReady(child);
  return {
    url,
    process: child,
    fault: async (kind, options = {}) => void (await post(url, 'faults', { kind, ...options })),
    script: async (script) => void (await post(url, 'script', script)),
    hurry: async () => void (await post(url, 'hurry', {})),
    reset: async () => void (await post(url, 'reset', {})),
    open: () => void child.kill('SIGUSR2'),
    requests: async () =>
      (await (await fetch(`${url}/_control/requests`)).json()) as Awaited<ReturnType<FakeVllm['requests']>>,
    stop: () => stop(child),
  };
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error('fake vLLM did not start')), START_TIMEOUT_MS);
    child.once('exit', (code) => reject(new Error(`fake vLLM exited with ${code}`)));
    child.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
      const ready = READY.exec(output);
      if (!ready?.[1]) return;
      clearTimeout(timer);
      resolve(ready[1]);
    });
  });
}

async function post(url: string, route: string, body: unknown): Promise<Response> {
  const response = await fetch(`${url}/_control/${route}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`control answered ${response.status}: ${await response.text()}`);
  return response;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exited;
}
