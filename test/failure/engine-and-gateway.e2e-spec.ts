import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Asked } from '../support/client.js';
import type { TestEngine } from '../support/engine-host.js';
import { until } from '../support/until.js';
import { Report } from './keep-report.js';
import { driverOf, Gateway, SILENT, textOf, type UnderWay } from './questions-under-way.js';

const SOON_MS = 60_000;
const LONG_MS = 240_000;
/** Each stays in its place until something is done to it: nothing here depends on how fast a machine is. */
const FOREVER_MS = 600_000;
const ENDLESS = 10_000;
const QUOTED = '27 days of annual leave';

const report = new Report(
  'Of an engine host behind its gateway',
  'engine-and-gateway.e2e-spec.ts: one engine host that takes two answers at once. When it happens, one is being written, one is on the engine without a byte, and two wait in the queue of the gateway: one of the page, one of a program that names the model. The engine starts in 2 s, its stall is noticed after 5 s, that of an answer at the gateway after 10 s (defaults 8 and 2.8 s).',
  ['fault', 'being written', 'without a byte', 'waiting, page', 'waiting, program', 'recorded', 'model back'],
);

let gateway: Gateway;
let engine: TestEngine | undefined;
beforeAll(async () => {
  gateway = await Gateway.start();
}, 120_000);
afterEach(async () => {
  engine?.process.kill('SIGCONT');
  await engine?.remove();
  engine = undefined;
});
afterAll(async () => {
  await report.keep();
  await gateway?.stack.stop();
});

interface Ends {
  readonly begun: Asked['events'];
  readonly silent: Asked['events'];
  readonly queued: Asked['events'];
  readonly named: Answer;
}
async function endsOf({ begun, silent, queued, named }: UnderWay): Promise<Ends> {
  return {
    begun: await begun.whole,
    silent: await silent.whole,
    queued: await queued.whole,
    named: await named,
  };
}

/** An answer, or quotations that say so: never an error, never nothing. */
async function expectAnswered(events: Asked['events']): Promise<void> {
  expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered', finishReason: 'stop' });
  expect(textOf(events)).toContain(QUOTED);
  expect(await gateway.closedAs(events)).toBe('answered');
}

async function expectBrokenOff(events: Asked['events']): Promise<void> {
  expect(textOf(events)).toMatch(/^word0 /);
  expect(events.at(-1)).toMatchObject({
    kind: 'error',
    error: { code: expect.stringMatching(/^INFERENCE_/), detail: expect.stringMatching(/^[A-Z].+\.$/) },
  });
  expect(JSON.stringify(events)).not.toMatch(/Traceback|EngineDead|ECONN|127\.0\.0\.1/);
  expect(await gateway.closedAs(events)).toBe('failed');
}

/** A program that named its model gets it, or is told when to ask again. */
function expectToldOrAnswered({ status, headers, body }: Answer): void {
  if (status === 200) return;
  expect(status).toBe(503);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(body).toMatchObject({ error: { code: expect.stringMatching(/^inference_/) } });
}

/** All slots of quota, queue and engine can be taken again, at once. */
async function expectNothingHeld(host: TestEngine): Promise<void> {
  await gateway.serving();
  const asked = [1, 2, 3].map((at) => gateway.page(`${SILENT} ${at}`));
  const program = await gateway.program();
  for (const { whole } of asked) expect(driverOf(await whole)).toBe('openai-compatible');
  expect(program.status).toBe(200);
  await until(async () => {
    const now = { ...(await gateway.held()), running: (await host.status()).running };
    return JSON.stringify(Object.values(now)) === '[0,0,0,0,0]';
  }, SOON_MS);
  expect(gateway.stack.logs()).not.toMatch(/unhandled|uncaught/i);
}

const saw = (events: Asked['events']): string => {
  const last = events.at(-1);
  if (last?.kind === 'error') return (last.error as { detail: string }).detail;
  return driverOf(events) === 'extractive' ? 'quotations' : 'the answer';
};
function note(fault: string, ends: Ends, recorded: string, backMs: number): void {
  const { status, headers } = ends.named;
  const told = status === 200 ? 'the answer' : `${status}, again in ${headers.get('retry-after')} s`;
  const cells = [saw(ends.begun), saw(ends.silent), saw(ends.queued), told, recorded];
  report.add(fault, ...cells, `${Math.round(backMs)} ms`);
}

describe('with questions under way', () => {
  it.each<[string, string, NodeJS.Signals, RegExp]>([
    ['engine core dies, exit code 0', 'VLLM::EngineCore', 'SIGKILL', /process died/],
    ['worker killed', 'VLLM::Worker_TP1', 'SIGKILL', /worker process died/],
    ['worker stopped', 'VLLM::Worker_TP1', 'SIGSTOP', /no token came/],
  ])(
    '%s: the answer under way ends in an error, no other is lost, and service comes back',
    async (fault, title, signal, why) => {
      const host = (engine = await gateway.host({ startMs: 2_000 }));
      const under = await gateway.underWay(host, ENDLESS, FOREVER_MS);
      expect(under.asked).toEqual(expect.arrayContaining([SILENT]));
      expect(under.asked).toHaveLength(2);
      const victim = await host.find(title);
      const at = performance.now();
      process.kill(victim, signal);
      const ends = await endsOf(under);
      await expectBrokenOff(ends.begun);
      await expectAnswered(ends.silent);
      await expectAnswered(ends.queued);
      expectToldOrAnswered(ends.named);
      await gateway.serving();
      const backMs = performance.now() - at;
      const { crashes, restarts } = await host.status();
      expect([crashes, restarts]).toEqual([1, 1]);
      const one = expect.objectContaining({ state: 'ready', restarts: 1 });
      expect(await gateway.shown()).toMatchObject({ state: 'up', instances: [one] });
      expect(await host.log()).toMatch(why);
      await expectNothingHeld(host);
      note(fault, ends, `crashes ${crashes}, restarts ${restarts}; one question failed`, backMs);
    },
    LONG_MS,
  );

  it(
    'told to end: what was begun comes to its end, what waited is quoted or told, and the next host answers',
    async () => {
      const host = (engine = await gateway.host({ startMs: 300 }, 120));
      const under = await gateway.underWay(host, 500, FOREVER_MS);
      expect(under.asked).toHaveLength(2);
      const at = performance.now();
      const ended = host.end('SIGTERM');
      await until(async () => (await gateway.shown()) === undefined, SOON_MS);
      await host.hurryAnswers();
      const ends = await endsOf(under);
      expect(ends.begun.at(-1)).toMatchObject({ kind: 'end', finishReason: 'stop' });
      expect(textOf(ends.begun)).toContain('word499');
      await expectAnswered(ends.silent);
      expect(driverOf(ends.silent)).toBe('openai-compatible');
      await expectAnswered(ends.queued);
      expectToldOrAnswered(ends.named);
      expect(await ended).toBe(0);
      await expectAnswered(await gateway.page(SILENT).whole);
      expect(await gateway.shown()).toBeUndefined();
      engine = await gateway.host({ startMs: 300 }, 1, host.folder);
      await gateway.serving();
      note('SIGTERM of the host', ends, 'no question failed', performance.now() - at);
      await expectNothingHeld(engine);
    },
    LONG_MS,
  );

  it(
    'whose host is there no more, and breaks no connection: nobody waits for its first token',
    async () => {
      const host = (engine = await gateway.host({ startMs: 300 }));
      const under = await gateway.underWay(host, ENDLESS, FOREVER_MS);
      const at = performance.now();
      host.process.kill('SIGSTOP');
      const ends = await endsOf(under);
      await expectBrokenOff(ends.begun);
      await expectAnswered(ends.silent);
      expect(driverOf(ends.silent)).toBe('extractive');
      await expectAnswered(ends.queued);
      expectToldOrAnswered(ends.named);
      host.process.kill('SIGCONT');
      await gateway.serving();
      note('host unreachable', ends, 'host gone; one question failed', performance.now() - at);
      await expectNothingHeld(host);
    },
    LONG_MS,
  );
});

describe('with a start that runs out of memory', () => {
  it(
    'people get quotations and programs are told when to ask again, until a rung lower it answers',
    async () => {
      const host = (engine = await gateway.host({ startMs: FOREVER_MS, oomAboveUtilization: 0.86 }));
      await until(async () => {
        const { instances = [] } = (await gateway.shown()) ?? {};
        return (instances as { state: string }[]).some(({ state }) => state === 'starting');
      }, SOON_MS);
      const at = performance.now();
      const [named, quoted] = [await gateway.program(), await gateway.page(SILENT).whole];
      expect(named.status).toBe(503);
      expectToldOrAnswered(named);
      await expectAnswered(quoted);
      expect(driverOf(quoted)).toBe('extractive');
      await host.hurryStarts();
      await gateway.serving();
      expect(await host.status()).toMatchObject({ rung: 1, rungs: [{ step: 'utilization' }] });
      const rungs = [expect.objectContaining({ text: expect.stringContaining('utilization 0.85') })];
      const one = expect.objectContaining({ state: 'ready', rung: 1, rungs });
      expect(await gateway.shown()).toMatchObject({ state: 'up', instances: [one] });
      const told = `503, again in ${named.headers.get('retry-after')} s`;
      const back = `${Math.round(performance.now() - at)} ms`;
      report.add('out of memory at the start', '-', '-', saw(quoted), told, 'rung 1', back);
      await expectNothingHeld(host);
    },
    LONG_MS,
  );
});
