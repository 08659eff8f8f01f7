import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../support/client.js';
import { startTestEngine, type TestEngine } from '../support/engine-host.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const KEY = 'k'.repeat(32);

describe('a gateway and an engine host elsewhere', () => {
  let folder: string;
  let engine: TestEngine;
  let stack: Stack;
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'certificates-'));
    execFileSync('deploy/compose/make-certificates.sh', [folder, 'localhost'], { stdio: 'ignore' });
    engine = await startTestEngine({
      environment: {
        ENGINE_LISTEN: 'localhost:0',
        ENGINE_KEY: KEY,
        ENGINE_TLS_CERT: file('engine.crt'),
        ENGINE_TLS_KEY: file('engine.key'),
        ENGINE_TLS_CLIENT_CA: file('ca.crt'),
      },
    });
    const settings = {
      INFERENCE_URL: engine.url,
      INFERENCE_API_KEY: KEY,
      INFERENCE_WATCH_MS: '200',
      INFERENCE_TLS_CA: file('ca.crt'),
      INFERENCE_TLS_CERT: file('gateway.crt'),
      INFERENCE_TLS_KEY: file('gateway.key'),
    };
    stack = await startStack(settings, { worker: false });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await engine?.remove();
    rmSync(folder, { recursive: true });
  });

  const up = async (url: string): Promise<number> => {
    const { text } = await new Client(url).call('GET', '/metrics');
    return Number(/^lorekeep_replica_up\{.*\} (\S+)$/m.exec(text)?.[1]);
  };

  it('work through their certificates and the key', async () => {
    await until(async () => {
      const { events } = await stack.admin.ask('Hello?', { documents: 'none' });
      return events.some((event) => event.kind === 'model' && event.driver === 'openai-compatible');
    });
    expect(await up(stack.url)).toBe(1);
  });

  it('have nothing to do with each other without a certificate', async () => {
    const url = await stack.gateway({ INFERENCE_TLS_CERT: '', INFERENCE_TLS_KEY: '' });
    await until(async () => (await up(url)) < 1);
    await stack.terminate(url);
  });
});
