import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestEngine, type TestEngine } from '../support/engine-host.js';
import { findTools } from '../support/find-tools.mjs';
import { until } from '../support/until.js';

const PROMTOOL = findTools().found.PROMTOOL_PATH;

describe('what orchestrators and Prometheus see of an engine host', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  }, 120_000);
  afterAll(() => engine?.remove());

  const probe = (mode: string) => {
    const { status, stdout } = spawnSync(process.execPath, ['deploy/docker/probe-engine.mjs', mode], {
      encoding: 'utf8',
      env: { ENGINE_DATA_DIR: join(engine.folder, 'data') },
    });
    return { status, said: stdout.trim() };
  };
  const metrics = async (): Promise<string> => (await fetch(`${engine.url}/metrics`)).text();

  it('is alive from the first moment, ready once a model answers, and alive without one', async () => {
    expect(probe('live').status).toBe(0);
    await engine.reached('ready', 30_000);
    expect(probe('ready')).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^gpt-oss-20b\S*: ready$/),
    });
    await engine.post('/engine/stop');
    await engine.reached('stopped');
    expect(probe('ready').status).toBe(1);
    expect(probe('live').status).toBe(0);
    expect(await metrics()).not.toContain('vllm:');
  }, 120_000);

  it('passes on what vLLM counts, as Prometheus reads it', async () => {
    await engine.post('/engine/start');
    await engine.reached('ready', 30_000);
    const text = await until(async () => {
      const now = await metrics();
      return now.includes('vllm:') ? now : undefined;
    });
    expect(text).toMatch(
      /^vllm:num_requests_waiting\{replica="\S+",engine="0",model_name="gpt-oss-20b"\} 0/m,
    );
    expect(text).toMatch(/^lorekeep_engine_state\{.*model="gpt-oss-20b",state="ready"\} 1$/m);
    if (!PROMTOOL) return;
    const { stdout, stderr, status } = spawnSync(PROMTOOL, ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    // vLLM's names, and help that the fake leaves out, are not ours to mend.
    const ours = `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.startsWith('vllm:'));
    expect([ours, status === 0 || status === 3]).toEqual([[], true]);
  }, 120_000);
});
