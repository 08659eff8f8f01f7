import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { LOADED_MS } from '@lorekeep/kit/testing';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import { createInference, type Inference } from '../create-inference.js';
import type { AnswerRequest } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import { LOST_MS } from '../replicas/replica.js';
import { SILENT } from '../observer.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CONNECT_MS = 1_000;
/** Questions at once, of as many conversations: about half of them are at home on either server. */
const QUESTIONS = 16;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** They are kept for four seconds. */
const noIdleConnections = () => pause(6_000);

const PROXY = `
  const net = require('node:net');
  const server = net.createServer((near) => {
    const far = net.connect(process.argv[1], '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => undefined);
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
`;

interface Host {
  readonly url: string;
  /** Takes no connection and refuses none, and says nothing on those that there are: its process stands still, its line is full. */
  vanish(): Promise<void>;
  close(): void;
}

/** A process of its own before a model server. */
async function startHost(target: string): Promise<Host> {
  const child: ChildProcess = spawn(process.execPath, ['-e', PROXY, new URL(target).port], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const port = Number(line.toString());
  const sockets: Socket[] = [];
  const vanish = async () => {
    child.kill('SIGSTOP');
    for (let isFull = false; !isFull;) {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      const inTime = new Promise<boolean>((resolve) => setTimeout(resolve, 300, true));
      isFull = await Promise.race([once(socket, 'connect').then(() => false), inTime]);
    }
  };
  const close = () => {
    for (const socket of sockets) socket.destroy();
    child.kill('SIGKILL');
  };
  return { url: `http://127.0.0.1:${port}`, vanish, close };
}

describe('a host that cannot be reached', () => {
  let fake: FakeVllm;
  let host: Host;
  let inference: Inference | undefined;
  let happened: string[];

  beforeAll(async () => {
    fake = await startFakeVllm(['--model', 'm', '--token-ms', '2']);
  });
  beforeEach(async () => {
    host = await startHost(fake.url);
  });
  afterEach(async () => {
    await fake.reset();
    await inference?.close();
    inference = undefined;
    host.close();
  });
  afterAll(() => fake?.stop());

  function open(urls: readonly string[], watch = '5000'): Inference {
    happened = [];
    const config = loadConfig(inferenceConfigSchema, {
      INFERENCE_URL: urls.join(','),
      INFERENCE_SALT_SECRET: 'a secret of at least thirty-two characters',
      INFERENCE_CONNECT_TIMEOUT_MS: String(CONNECT_MS),
      INFERENCE_WATCH_MS: watch,
    });
    const observer = {
      ...SILENT,
      retried: (code: string) => happened.push(code),
      replicaChanged: (_: string, state: string, reason: string | null) =>
        happened.push(`${state} ${reason}`),
    };
    return (inference = createInference(config, { observer }));
  }

  async function ask(asked: Inference, content: string): Promise<{ text: string; first: number }> {
    const begun = performance.now();
    const ctx = systemContext(TENANT);
    const request: AnswerRequest = {
      ...{ model: 'm', messages: [{ role: 'user', content }], passages: [], documents: 'none' },
      ...{ parameters: {}, task: 'question', locale: 'en' },
    };
    let text = '';
    let first = NaN;
    const { driver } = await asked.models.choose(ctx, 'm');
    for await (const event of driver.answer(ctx, request)) {
      if (event.kind !== 'text') continue;
      if (text === '') first = performance.now() - begun;
      text += event.text;
    }
    return { text, first };
  }
  const askAll = (asked: Inference, name: string) =>
    Promise.all(Array.from({ length: QUESTIONS }, (_, at) => ask(asked, `${name} ${at}`)));

  const isAnswered = ({ text }: { text: string }) => text.length > 0;

  it(
    'loses no question: all go to the other one within the time to connect, and those after them at once',
    async () => {
      const asked = open([fake.url, host.url]);
      expect((await askAll(asked, 'Before')).every(isAnswered)).toBe(true);
      await host.vanish();
      await noIdleConnections();
      const answers = await askAll(asked, 'First');
      expect(answers.every(isAnswered)).toBe(true);
      // A first token may take thirty seconds: nobody waited for that.
      for (const { first } of answers) expect(first).toBeLessThan(CONNECT_MS + LOADED_MS);
      expect(happened.filter((what) => what.startsWith('open'))).toEqual(['open gone']);
      expect(happened).toContain('INFERENCE_UNREACHABLE');
      const { length } = happened;
      expect((await askAll(asked, 'Second')).every(isAnswered)).toBe(true);
      expect(happened).toHaveLength(length);
    },
    4 * LOADED_MS,
  );

  it(
    'loses no question that waits on an open connection for its first token: what looks after it moves them',
    async () => {
      const asked = open([fake.url, host.url], '500');
      asked.start();
      await fake.script({ content: ['moved'], reasoning: [], firstTokenMs: 4_000 });
      const all = askAll(asked, 'Waiting');
      while ((await fake.requests()).requests.length < QUESTIONS) await pause(10);
      await host.vanish();
      const answers = await all;
      expect(answers.every(({ text }) => text === 'moved')).toBe(true);
      for (const { first } of answers) expect(first).toBeLessThan(2 * 4_000 + LOADED_MS);
      expect(happened).toContain('open gone');
    },
    4 * LOADED_MS,
  );

  it(
    'does not keep a question that waits on an open connection where it is the only one',
    async () => {
      const asked = open([host.url], '500');
      asked.start();
      await fake.script({ firstTokenMs: 60_000, times: 1 });
      const waiting = ask(asked, 'Waiting').catch((error: unknown) => error);
      while ((await fake.requests()).requests.length < 1) await pause(10);
      const begun = performance.now();
      await host.vanish();
      expect(await waiting).toMatchObject({ code: 'INFERENCE_UNREACHABLE' });
      // A first token may take thirty seconds.
      expect(performance.now() - begun).toBeLessThan(LOST_MS + LOADED_MS);
    },
    4 * LOADED_MS,
  );

  it(
    'is told as such where it is the only one, and not after the time for a first token',
    async () => {
      const asked = open([host.url]);
      expect(isAnswered(await ask(asked, 'Before'))).toBe(true);
      await host.vanish();
      await noIdleConnections();
      const begun = performance.now();
      await expect(ask(asked, 'Anybody?')).rejects.toMatchObject({ code: 'INFERENCE_UNREACHABLE' });
      expect(performance.now() - begun).toBeLessThan(CONNECT_MS + LOADED_MS);
    },
    4 * LOADED_MS,
  );
});
