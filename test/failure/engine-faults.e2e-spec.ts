import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import {
  isRunning,
  startTestEngine,
  type EngineOptions,
  type Seen,
  type TestEngine,
} from '../support/engine-host.js';
import { until } from '../support/until.js';
import { Report } from './keep-report.js';

const report = new Report(
  'Of a running engine',
  'engine-faults.e2e-spec.ts: the fake vLLM starts in 0.5 s; the stall is noticed after 2 s, the probe after 3 s (defaults 8 and 5 s).',
  ['fault', 'what the caller saw', 'what was recorded', 'noticed, serving again'],
);
const CANARY = 'canary-7f3a91-salary-of-the-board';

let engine: TestEngine | undefined;
async function ready(options: EngineOptions = {}): Promise<TestEngine> {
  engine = await startTestEngine(options);
  await engine.reached('ready');
  return engine;
}
afterEach(async () => {
  await engine?.remove();
  engine = undefined;
});
afterAll(() => report.keep());

interface Stream {
  readonly text: string;
  /** Milliseconds from the call of `settled` back to the end of the stream. */
  readonly endedAt: number;
  readonly failed: boolean;
}

/** Asks for a stream of `seconds` and reads it in the background. */
function stream(host: TestEngine, signal?: AbortSignal): { first: Promise<void>; whole: Promise<Stream> } {
  let begun = (): void => undefined;
  const first = new Promise<void>((done) => (begun = done));
  const read = async (): Promise<Stream> => {
    let text = '';
    try {
      const response = await fetch(`${host.url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({
          model: 'gpt-oss-20b',
          stream: true,
          messages: [{ role: 'user', content: `${CANARY} ${'word '.repeat(60)}` }],
        }),
        ...(signal ? { signal } : {}),
      });
      const decoder = new TextDecoder();
      for await (const piece of response.body ?? []) {
        text += decoder.decode(piece as Uint8Array, { stream: true });
        if (text.split('data: ').length > 4) begun();
      }
      return { text, endedAt: performance.now(), failed: false };
    } catch {
      return { text, endedAt: performance.now(), failed: true };
    }
  };
  return { first, whole: read() };
}

/** Lets the engine die with this message. */
async function endWith(host: TestEngine, message: string): Promise<void> {
  const { port } = (await host.status()).plan;
  const body = JSON.stringify({ message });
  await fetch(`http://127.0.0.1:${port}/_control/engine`, { method: 'POST', body });
}

/** Does the harm under a running stream; what the caller saw, and when service was back. */
async function harmed(
  host: TestEngine,
  name: string,
  harm: () => Promise<void>,
  withinMs = 45_000,
): Promise<Stream> {
  const { first, whole } = stream(host);
  await first;
  const at = performance.now();
  await harm();
  await until(async () => isStruck(await host.status()), withinMs);
  const noticedAt = performance.now();
  const after = await host.reached('ready', withinMs);
  const back = performance.now();
  const seen = await whole;
  const otherwise = seen.failed ? 'connection broke off' : seen.text.slice(-60);
  const ended = seen.text.includes('"error"') ? 'error event, then [DONE]' : otherwise;
  const log = (await host.log()).split('\n').filter((line) => line.includes('"host"'));
  const why = log
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .filter((text) => !/^(started|ready)/.test(text));
  report.add(
    name,
    `${ended} after ${Math.round(seen.endedAt - at)} ms`,
    `${why.join(' ')} crashes ${after.crashes}, rung ${after.rung}`,
    `${Math.round(noticedAt - at)} ms, ${Math.round(back - at)} ms`,
  );
  return seen;
}

const SLOW = { startMs: 500, tokenMs: 30 };
/** A start may be over before anybody looks again: its crash still counts. */
const isStruck = ({ state, crashes }: Seen): boolean => state !== 'ready' || crashes > 0;
const WATCH = { ENGINE_STALL_SECONDS: '2', ENGINE_PROBE_SECONDS: '1', ENGINE_PROBE_TIMEOUT_SECONDS: '3' };

describe('an engine that dies under a stream', () => {
  it('by its core, with exit code 0: is started again', async () => {
    const host = await ready({ starts: [SLOW] });
    const seen = await harmed(host, 'engine core killed (exit 0)', async () => {
      process.kill(await host.find('VLLM::EngineCore'), 'SIGKILL');
    });
    expect(seen.text).toContain('"error"');
    expect(await host.status()).toMatchObject({ crashes: 1, restarts: 1, rung: 0 });
    expect(await host.log()).toContain('The engine process died.');
  }, 120_000);

  it('by a worker, in 9 s of silence under a healthy /health: noticed long before', async () => {
    const host = await ready({ starts: [SLOW], environment: WATCH });
    await harmed(host, 'worker killed (9 s of silence)', async () => {
      process.kill(await host.find('VLLM::Worker_TP1'), 'SIGKILL');
    });
    expect(await host.status()).toMatchObject({ crashes: 1, rung: 0 });
    expect(await host.log()).toContain('A worker process died.');
  }, 120_000);

  it('by a worker that is stopped for ever: noticed by the stall', async () => {
    const host = await ready({ starts: [SLOW], environment: WATCH });
    await harmed(host, 'worker stopped under a stream', async () => {
      process.kill(await host.find('VLLM::Worker_TP1'), 'SIGSTOP');
    });
    expect(await host.log()).toMatch(/Requests run, and no token came for \d s/);
  }, 120_000);

  it('by an out-of-memory: is started again one rung lower', async () => {
    const host = await ready({ starts: [SLOW] });
    await harmed(host, 'out of memory at run time', async () => {
      await endWith(host, 'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.');
    });
    const seen = await host.status();
    expect(seen.rungs.map(({ step }) => step)).toEqual(['utilization']);
    expect(seen.plan.utilization).toBe(0.85);
    expect(await (await fetch(`${host.url}/metrics`)).text()).toMatch(
      /lorekeep_engine_rungs_total\{[^}]*\} 1/,
    );
  }, 120_000);

  it('by its whole group: is started again', async () => {
    const host = await ready({ starts: [SLOW] });
    const seen = await harmed(host, 'server killed', async () => {
      process.kill((await host.status()).pid ?? 0, 'SIGKILL');
    });
    expect(seen.failed).toBe(true);
    expect(await host.log()).toContain('vLLM was ended by SIGKILL.');
  }, 120_000);
});

describe('an idle engine', () => {
  it('whose worker is stopped is noticed by the probe, killed and started again', async () => {
    const host = await ready({ starts: [SLOW], environment: WATCH });
    const at = performance.now();
    process.kill(await host.find('VLLM::Worker_TP0'), 'SIGSTOP');
    const noticed = await until(async () => isStruck(await host.status()) && performance.now(), 20_000);
    await host.reached('ready', 20_000);
    expect(await host.log()).toMatch(/A question of one token was not answered within 3 s|no token came/);
    report.add(
      'worker stopped, idle',
      'nothing: nobody asked',
      'probe unanswered, crashes 1',
      `${Math.round(noticed - at)} ms, ${Math.round(performance.now() - at)} ms`,
    );
  }, 120_000);

  it('is not disturbed by requests that only wait', async () => {
    const host = await ready({
      starts: [{ startMs: 200, firstTokenMs: 0, tokenMs: 600 }],
      // Two of them wait for longer than that; a machine that stands still for less is no stall.
      environment: { ...WATCH, ENGINE_SEQUENCES: '1', ENGINE_STALL_SECONDS: '10' },
    });
    const streams = [stream(host), stream(host), stream(host)];
    await streams[0]?.first;
    await new Promise((go) => setTimeout(go, 12_000));
    expect((await host.status()).waiting).toBe(2);
    await host.hurryAnswers();
    const ends = await Promise.all(streams.map(({ whole }) => whole));
    expect(ends.filter(({ text }) => !/data: \[DONE\]\n\n$/.test(text) || /"error"/.test(text))).toEqual([]);
    expect(await host.status()).toMatchObject({ crashes: 0, restarts: 0 });
  }, 120_000);
});

describe('the host', () => {
  it('cancels upstream when its caller goes away', async () => {
    const host = await ready({ starts: [{ startMs: 200, tokenMs: 50 }] });
    const gone = new AbortController();
    const { first, whole } = stream(host, gone.signal);
    await first;
    const { port } = (await host.status()).plan;
    gone.abort();
    const at = performance.now();
    await whole;
    await until(async () => {
      const { aborted } = (await (await fetch(`http://127.0.0.1:${port}/_control/requests`)).json()) as {
        aborted: number;
      };
      return aborted === 1;
    });
    report.add(
      'caller goes away',
      '-',
      'request aborted upstream',
      `${Math.round(performance.now() - at)} ms`,
    );
  }, 120_000);

  it('told to end lets a running answer come to its end, and leaves nothing behind', async () => {
    const host = await ready({
      starts: [{ startMs: 200, tokenMs: 30 }],
      environment: { ENGINE_DRAIN_SECONDS: '30' },
    });
    const { pid } = await host.status();
    const { first, whole } = stream(host);
    await first;
    expect(await host.end('SIGTERM')).toBe(0);
    const seen = await whole;
    expect(seen.text).toContain('"finish_reason":"stop"');
    expect(seen.text).toMatch(/\[DONE\]\n\n$/);
    expect(await isRunning(pid ?? 0)).toBe(false);
  }, 120_000);

  it('told to end under an answer that is too long ends it as vLLM does', async () => {
    const host = await ready({ starts: [{ startMs: 200, tokenMs: 300 }] });
    const { first, whole } = stream(host);
    await first;
    const at = performance.now();
    expect(await host.end('SIGTERM')).toBe(0);
    const seen = await whole;
    expect(seen.text.includes('"abort"') || seen.failed).toBe(true);
    report.add(
      'SIGTERM under a long answer',
      'finish_reason abort',
      'drained for 1 s, then ended',
      `ended after ${Math.round(performance.now() - at)} ms`,
    );
  }, 120_000);

  it('that was killed leaves a vLLM behind, and the next host ends it by its id', async () => {
    const first = await ready();
    const orphan = (await first.status()).pid ?? 0;
    await first.end('SIGKILL');
    expect(await isRunning(orphan)).toBe(true);
    engine = await startTestEngine({ folder: first.folder });
    const seen = await engine.reached('ready');
    expect(seen.pid).not.toBe(orphan);
    expect(await isRunning(orphan)).toBe(false);
    expect(await engine.log()).toMatch(/ended \d processes of the last run/);
  }, 120_000);

  it('that was killed during a start is cleaned up after too', async () => {
    const first = (engine = await startTestEngine({ starts: [{ startMs: 60_000 }] }));
    const { pid } = await first.reached('starting');
    await new Promise((go) => setTimeout(go, 2_500));
    await first.end('SIGKILL');
    expect(await isRunning(pid ?? 0)).toBe(true);
    engine = await startTestEngine({ folder: first.folder });
    await engine.reached('ready');
    expect(await isRunning(pid ?? 0)).toBe(false);
  }, 120_000);

  it('is alone in its folder', async () => {
    const first = await ready();
    await expect(startTestEngine({ folder: first.folder })).rejects.toThrow(
      /runs already with this ENGINE_DATA_DIR/,
    );
  }, 120_000);

  it('never writes down what was asked or answered', async () => {
    const host = await ready({ starts: [{ startMs: 200 }] });
    await stream(host).whole;
    const message = `ValueError: cannot render '${CANARY}' of ${CANARY}\nCanary${CANARY.replaceAll('-', '')}Error: ${CANARY}`;
    await endWith(host, message);
    await until(async () => (await host.status()).crashes === 1);
    await host.reached('ready');
    const everything = `${await host.log()}${host.output()}${JSON.stringify(await host.status())}`;
    expect(everything).toContain('ValueError');
    expect(everything).not.toContain(CANARY);
    expect(everything).not.toContain('canary7f3a91');
  }, 120_000);

  it('answers pages of a browser with 403, and a stranger without the key with 401', async () => {
    const host = await ready({ environment: { ENGINE_KEY: 'the-key' } }).catch(() => engine);
    const status = (headers: Record<string, string>): Promise<number> =>
      fetch(`${host?.url}/engine/status`, { headers }).then((response) => response.status);
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer the-key' })).toBe(200);
    expect(await status({ authorization: 'Bearer the-key', origin: 'http://evil.example' })).toBe(403);
  }, 120_000);
});
