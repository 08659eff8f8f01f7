import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { until } from './until.js';

const ROOT = resolve(process.cwd());
const START_MS = 45_000;
const REACHED_MS = 30_000;

export interface Seen {
  readonly state: string;
  readonly reason: string | null;
  readonly pid: number | null;
  readonly rung: number;
  readonly inForce: readonly string[];
  readonly climb: 'quiet' | 'waiting' | null;
  readonly rungs: readonly { step: string; text: string }[];
  readonly restarts: number;
  readonly crashes: number;
  readonly running: number;
  readonly waiting: number;
  readonly progress: { stage: string; percent: number; remainingSeconds: number | null } | null;
  readonly plan: { utilization: number; context: number; sequences: number; eager: boolean; port: number };
  readonly kvTokens: number | null;
}

/** apps/engine as a process of its own, with the fake vLLM as its program. */
export interface TestEngine {
  readonly url: string;
  readonly folder: string;
  readonly process: ChildProcess;
  status(): Promise<Seen>;
  /** The first instance, once all are in this state; throws with the host's log when it takes longer. */
  reached(state: string, withinMs?: number): Promise<Seen>;
  post(path: string, body?: unknown): Promise<Response>;
  /** Starts of vLLM take no time any more: neither that under way, nor those that follow. */
  hurryStarts(): Promise<void>;
  /** Answers of every vLLM that runs take no time any more: neither those under way, nor those that follow. */
  hurryAnswers(): Promise<void>;
  log(): Promise<string>;
  /** Everything that the host wrote to its own log. */
  output(): string;
  /** Living processes of vLLM by title, e.g. `VLLM::Worker_TP1`. */
  find(title: string): Promise<number>;
  /** Ends the host as given and waits for it; resolves with its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Ends everything and removes the folder. */
  remove(): Promise<void>;
}

export interface EngineOptions {
  /** One entry for each start of vLLM (steer-start.mjs). */
  readonly starts?: readonly Record<string, unknown>[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Goes on in the folder of an engine that has ended. */
  readonly folder?: string;
}

export async function startTestEngine(options: EngineOptions = {}): Promise<TestEngine> {
  await mkdir(join(ROOT, '.lorekeep'), { recursive: true });
  const folder = options.folder ?? (await mkdtemp(join(ROOT, '.lorekeep', 'engine-')));
  const steer = join(folder, 'steer.json');
  await mkdir(join(folder, 'models', 'gpt-oss-20b'), { recursive: true });
  await mkdir(join(folder, 'models', 'llama-3.1-8b'), { recursive: true });
  for (const model of ['gpt-oss-20b', 'llama-3.1-8b'])
    await writeFile(join(folder, 'models', model, 'config.json'), '{}');
  await writeFile(steer, JSON.stringify({ starts: options.starts ?? [{}] }));
  for (const left of ['count', 'hurry']) await rm(`${steer}.${left}`, { force: true });
  const child = spawn(
    process.execPath,
    ['--import', './test/support/typescript.mjs', '-C', 'lorekeep-source', 'apps/engine/src/main.ts'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        VLLM_FAKE_STEER: steer,
        ENGINE_LISTEN: '127.0.0.1:0',
        ENGINE_FIRST_PORT: String(await freePort()),
        ENGINE_MODEL_IDS: 'gpt-oss-20b',
        ENGINE_DATA_DIR: join(folder, 'data'),
        ENGINE_MODELS: join(folder, 'models'),
        ENGINE_VLLM_PROGRAM: join(ROOT, 'test/support/fake-vllm/vllm'),
        ENGINE_GPUS: '2x24564MiB',
        ENGINE_SEQUENCES: '8',
        ENGINE_DRAIN_SECONDS: '1',
        ENGINE_LOOK_SECONDS: '0.1',
        ENGINE_BACKOFF_SECONDS: '0.2',
        ENGINE_ANSWER_SECONDS: '10',
        ...options.environment,
      },
    },
  );
  try {
    return new RunningEngine(child, folder, await readyUrl(child));
  } catch (cause) {
    // A folder that was given belongs to another engine.
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

class RunningEngine implements TestEngine {
  constructor(
    readonly process: ChildProcess,
    readonly folder: string,
    private readonly ready: { url: string; output: () => string },
  ) {}

  get url(): string {
    return this.ready.url;
  }

  async status(): Promise<Seen> {
    const [first] = await this.instances();
    if (!first) throw new Error('there is no instance');
    return first;
  }

  async reached(state: string, withinMs = REACHED_MS): Promise<Seen> {
    try {
      return await until(async () => {
        const seen = await this.instances();
        return seen.every((instance) => instance.state === state) && seen[0];
      }, withinMs);
    } catch (cause) {
      throw new Error(
        `not ${state}: ${JSON.stringify(await this.instances())}\n${this.output().slice(-3_000)}`,
        { cause },
      );
    }
  }

  private async instances(): Promise<Seen[]> {
    return ((await (await fetch(`${this.url}/engine/status`)).json()) as { instances: Seen[] }).instances;
  }

  post(path: string, body: unknown = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  }

  hurryStarts(): Promise<void> {
    return writeFile(join(this.folder, 'steer.json.hurry'), '');
  }

  async hurryAnswers(): Promise<void> {
    const ports = (await this.instances()).map(({ plan }) => plan.port);
    await Promise.all(
      ports.map((port) =>
        fetch(`http://127.0.0.1:${port}/_control/hurry`, { method: 'POST' }).catch(() => undefined),
      ),
    );
  }

  async log(): Promise<string> {
    return (await fetch(`${this.url}/engine/logs`)).text();
  }

  output(): string {
    return this.ready.output();
  }

  async find(title: string): Promise<number> {
    const { pid } = await this.status();
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const [command, stat] = await Promise.all(
        ['cmdline', 'stat'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
      );
      const group = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
      if (group === pid && command?.startsWith(title)) return Number(name);
    }
    throw new Error(`no process ${title}`);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const exited = new Promise<number | null>((done) => this.process.once('exit', done));
    this.process.kill(signal);
    return exited;
  }

  async remove(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}

function readyUrl(child: ChildProcess): Promise<{ url: string; output: () => string }> {
  return new Promise((done, failed) => {
    let text = '';
    const timer = setTimeout(() => failed(new Error(`the engine host did not start:\n${text}`)), START_MS);
    child.once('exit', (code) => failed(new Error(`the engine host ended with ${code}:\n${text}`)));
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => {
        text += data.toString();
        const found = /"url":"(http[^"]+)","msg":"engine host ready"/.exec(text);
        if (!found?.[1]) return;
        clearTimeout(timer);
        done({ url: found[1], output: () => text });
      });
  });
}

/** Below the ports that a system gives to outgoing connections: one that is free now stays so. */
const PORTS = { from: 12_000, to: 30_000 };
/** Replicas, and those that replace them, take the next ones. */
const HELD = [0, 1, 2, 3, 4, 5];

/** A port that is free, and those that an engine host takes beside it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    const free = await Promise.all(HELD.map((beside) => isFree(port + beside)));
    if (free.every(Boolean)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((done) => {
    server.once('error', () => done(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => done(true)));
  });
}

/** A corpse that nobody has fetched yet does not count. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X');
  return !/^ ?[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
}
