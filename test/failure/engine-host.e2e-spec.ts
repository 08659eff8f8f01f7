import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isRunning, startTestEngine, type EngineOptions, type TestEngine } from '../support/engine-host.js';
import { until } from '../support/until.js';

const SOON_MS = 45_000;
let engine: TestEngine | undefined;
const scratch: string[] = [];
async function ready(options: EngineOptions = {}): Promise<TestEngine> {
  engine = await startTestEngine(options);
  await engine.reached('ready');
  return engine;
}
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'engine-host-'));
  scratch.push(made);
  return made;
}
afterEach(async () => {
  await engine?.remove();
  engine = undefined;
  for (const made of scratch.splice(0)) await rm(made, { recursive: true, force: true });
});

const models = async (host: TestEngine): Promise<string[]> => {
  const { data } = (await (await fetch(`${host.url}/v1/models`)).json()) as { data: { id: string }[] };
  return data.map(({ id }) => id);
};
const ask = (host: TestEngine, model: string, content = 'Hello you?'): Promise<Response> =>
  host.post('/v1/chat/completions', {
    model,
    stream: true,
    messages: [{ role: 'user', content }],
  });
const LONG = 'word '.repeat(200);

describe('another model', () => {
  it('starts beside the old one where both fit, and the old one ends when it is ready', async () => {
    const host = await ready({ environment: { ENGINE_GPUS: '2x141GiB', ENGINE_UTILIZATION: '0.4' } });
    expect((await host.post('/engine/models', { models: ['llama-3.1-8b'] })).status).toBe(202);
    const seen = new Set<string>();
    await until(async () => {
      const now = await models(host);
      seen.add(now.join());
      return now.join() === 'llama-3.1-8b';
    }, SOON_MS);
    expect(seen.has('')).toBe(false);
    expect((await ask(host, 'llama-3.1-8b')).status).toBe(200);
    await until(async () => (await ask(host, 'gpt-oss-20b')).status === 404);
  }, 120_000);

  it('on the same cards waits until the first has started: each measures the memory that it finds', async () => {
    const host = await ready({
      environment: { ENGINE_GPUS: '2x141GiB', ENGINE_MODEL_IDS: 'gpt-oss-20b,llama-3.1-8b' },
      starts: [{ startMs: 300 }],
    });
    const said = (await host.log())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { instance: string; process: string; text: string })
      .filter(({ process, text }) => process === 'host' && /^(?:waits|started|ready)/.test(text))
      .map(({ instance, text }) => `${instance} ${text.split(/[ ,]/)[0]}`);
    expect(said).toEqual([
      'llama-3.1-8b waits',
      'gpt-oss-20b started',
      'gpt-oss-20b ready',
      'llama-3.1-8b started',
      'llama-3.1-8b ready',
    ]);
  }, 120_000);

  it('takes the place of the old one where both do not fit: the old one is drained first', async () => {
    const host = await ready({
      starts: [{ startMs: 200, tokenMs: 40 }],
      environment: { ENGINE_DRAIN_SECONDS: '10' },
    });
    const answer = await ask(host, 'gpt-oss-20b');
    const text = answer.text();
    expect((await host.post('/engine/models', { models: ['llama-3.1-8b'] })).status).toBe(202);
    expect(await text).toMatch(/"finish_reason":"stop".*\[DONE\]/s);
    await until(async () => (await models(host)).join() === 'llama-3.1-8b', SOON_MS);
  }, 120_000);

  it('that cannot work is refused with the arithmetic, and nothing changes', async () => {
    const host = await ready();
    const refused = await host.post('/engine/models', { models: ['gpt-oss-20b', 'nope'] });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'NO_MODEL',
      sentences: [expect.stringContaining('nope')],
    });
    expect(await models(host)).toEqual(['gpt-oss-20b']);
    expect((await host.post('/engine/models', { models: 'all' })).status).toBe(400);
  }, 120_000);

  it('two replicas share the requests', async () => {
    const host = await ready({
      // All six are under way before the first ends.
      starts: [{ startMs: 200, tokenMs: 200 }],
      environment: { ENGINE_REPLICAS: '2' },
    });
    const { plan } = await host.status();
    const ports = [plan.port, plan.port + 1];
    // The chat completion that each was asked before it was ready does not count.
    for (const port of ports) await fetch(`http://127.0.0.1:${port}/_control/reset`, { method: 'POST' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(host, 'gpt-oss-20b', LONG)));
    const counted = await Promise.all(
      ports.map(async (port) => {
        const asked = await (await fetch(`http://127.0.0.1:${port}/_control/requests`)).json();
        return (asked as { requests: unknown[] }).requests.length;
      }),
    );
    expect(counted).toEqual([3, 3]);
    await host.hurryAnswers();
    await Promise.all(answers.map((answer) => answer.text()));
  }, 120_000);
});

describe('a host that is told to end', () => {
  it('and told so again waits for no answer any more, and leaves nothing behind', async () => {
    const host = await ready({
      starts: [{ startMs: 200, tokenMs: 200 }],
      environment: { ENGINE_DRAIN_SECONDS: '120' },
    });
    const { pid } = await host.status();
    const answer = await ask(host, 'gpt-oss-20b', LONG);
    const ended = host.end('SIGINT');
    await until(async () => (await host.status()).state === 'draining');
    host.process.kill('SIGINT');
    expect(await ended).toBe(0);
    await answer.body?.cancel().catch(() => undefined);
    expect(await isRunning(pid ?? 0)).toBe(false);
  }, 60_000);
});

describe('the door', () => {
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });

  /** An authority, and a certificate of it for each name. */
  async function certificates(...names: string[]): Promise<string> {
    const at = await folder();
    const file = (name: string): string => join(at, name);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      file('ca.key'),
      '-out',
      file('ca.pem'),
      '-subj',
      '/CN=ca',
      '-days',
      '2',
    );
    await writeFile(file('ext'), 'subjectAltName=IP:127.0.0.1');
    for (const name of names) {
      openssl(
        'req',
        ...key,
        '-keyout',
        file(`${name}.key`),
        '-out',
        file(`${name}.csr`),
        '-subj',
        `/CN=${name}`,
      );
      openssl(
        ...['x509', '-req', '-in', file(`${name}.csr`), '-CA', file('ca.pem'), '-CAkey', file('ca.key')],
        ...['-CAcreateserial', '-days', '2', '-extfile', file('ext'), '-out', file(`${name}.pem`)],
      );
    }
    return at;
  }

  it('beyond loopback is not opened without TLS, client certificates and a key', async () => {
    await expect(startTestEngine({ environment: { ENGINE_LISTEN: '0.0.0.0:0' } })).rejects.toThrow(
      /ENGINE_LISTEN beyond loopback needs/,
    );
  }, 120_000);

  it('with TLS lets in who has a certificate of the authority and the key', async () => {
    const [own, foreign] = [await certificates('host', 'gateway'), await certificates('stranger')];
    const host = (engine = await startTestEngine({
      environment: {
        ENGINE_KEY: 'the-key',
        ENGINE_TLS_CERT: join(own, 'host.pem'),
        ENGINE_TLS_KEY: join(own, 'host.key'),
        ENGINE_TLS_CLIENT_CA: join(own, 'ca.pem'),
      },
    }));
    expect(host.url).toMatch(/^https:/);
    const status = (client: { cert?: string; key?: string }, bearer = 'the-key'): Promise<number | string> =>
      new Promise((done) => {
        const request = https.get(
          `${host.url}/engine/status`,
          {
            agent: false,
            ca: readFileSync(join(own, 'ca.pem')),
            ...(client.cert && client.key
              ? { cert: readFileSync(client.cert), key: readFileSync(client.key) }
              : {}),
            headers: { authorization: `Bearer ${bearer}` },
          },
          (response) => done(response.resume().statusCode ?? 0),
        );
        request.once('error', () => done('refused'));
      });
    const gateway = { cert: join(own, 'gateway.pem'), key: join(own, 'gateway.key') };
    expect(await status(gateway)).toBe(200);
    expect(await status(gateway, 'another')).toBe(401);
    expect(await status({})).toBe('refused');
    expect(await status({ cert: join(foreign, 'stranger.pem'), key: join(foreign, 'stranger.key') })).toBe(
      'refused',
    );
  }, 120_000);

  it('tells a large body that it is too large, and asks for nothing that a caller must not steer', async () => {
    const host = await ready();
    const pad = 'x'.repeat(17 * 1024 * 1024);
    expect((await host.post('/v1/chat/completions', { model: 'gpt-oss-20b', pad })).status).toBe(413);
    await fetch(`${host.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'x-vllm-priority': '-9', 'x-request-id': 'mine', authorization: 'Bearer theirs' },
      body: JSON.stringify({ model: 'gpt-oss-20b', messages: [{ role: 'user', content: 'Hi?' }] }),
    });
    const { port } = (await host.status()).plan;
    const { requests } = (await (await fetch(`http://127.0.0.1:${port}/_control/requests`)).json()) as {
      requests: { headers: Record<string, string> }[];
    };
    const headers = requests.at(-1)?.headers ?? {};
    expect(headers['x-request-id']).toBe('mine');
    expect(headers['x-vllm-priority']).toBeUndefined();
    expect(headers['authorization']).not.toContain('theirs');
  }, 120_000);
});
