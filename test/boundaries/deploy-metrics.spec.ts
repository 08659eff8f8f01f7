import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Inference } from '@lorekeep/inference';
import { createMetrics } from '@lorekeep/kit/telemetry';
import { gaugeInference } from '../../apps/gateway/src/wiring/inference-metrics.js';
import { hostMetrics } from '../../libs/engine/src/host/host-metrics.js';
import type { EngineHost } from '../../libs/engine/src/host/engine-host.js';
import { mergeMetrics, PASSED_FAMILIES } from '../../libs/engine/src/host/vllm-metrics.js';
import { startFakeVllm } from '../support/fake-vllm/start.js';

const PLACES = [
  'deploy/observability/rules',
  'deploy/observability/tests',
  'deploy/observability/grafana',
  'deploy/helm/lorekeep/templates',
];
const NAME = /\b(?:vllm:|lorekeep_)[a-z_]+/g;
/** Labels that look like metrics, or names that Prometheus adds to a histogram. */
const PARTS = /_(?:bucket|sum|count)$/;

const typesOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]));

/** Every family that gateway, engine host and vLLM behind it offer, with its type. */
async function offered(): Promise<Map<string, string>> {
  const metrics = createMetrics();
  const none = { state: () => ({ waiting: 0, replicas: [] }) } as unknown as Inference;
  gaugeInference(none, metrics);
  const host = { status: () => ({ instances: [], reasons: [], log: [] }) } as unknown as EngineHost;
  const fake = await startFakeVllm(['--model', 'm']);
  const vllm = await (await fetch(`${fake.url}/metrics`)).text();
  await fake.stop();
  const passed = mergeMetrics([{ replica: 'm-0', text: vllm }]);
  return new Map([
    ...typesOf(await metrics.registry.metrics()),
    ...typesOf(await hostMetrics(host)),
    ...typesOf(passed),
  ]);
}

describe('the metrics that alerts, dashboard and scaling ask for', () => {
  it('exist, and with the parts that they are asked for', async () => {
    const types = await offered();
    for (const family of PASSED_FAMILIES) expect([...types.keys()]).toContain(family);
    let asked = 0;
    for (const place of PLACES)
      for (const file of readdirSync(place)) {
        const text = readFileSync(join(place, file), 'utf8');
        for (const [name] of text.matchAll(NAME)) {
          if (!name.startsWith('vllm:') && place.endsWith('templates') && !name.includes('_')) continue;
          const family = name.replace(PARTS, '');
          const type = types.get(name) ?? types.get(family);
          expect([file, name, type]).toEqual([
            file,
            name,
            PARTS.test(name) ? 'histogram' : expect.any(String),
          ]);
          if (type === 'counter')
            expect(text).toMatch(new RegExp(`(rate|increase)\\(${name}|series: '${name}`));
          asked += 1;
        }
      }
    expect(asked).toBeGreaterThan(60);
  });

  it('are all that vLLM passes on', () => {
    const text = PLACES.flatMap((place) =>
      readdirSync(place).map((file) => readFileSync(join(place, file), 'utf8')),
    );
    for (const family of PASSED_FAMILIES)
      expect([family, text.some((all) => all.includes(family))]).toEqual([family, true]);
  });
});
