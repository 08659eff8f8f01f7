import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { PASSED_FAMILIES } from '../../libs/engine/src/host/vllm-metrics.js';
import { engineMetrics, gatewayMetrics } from '../support/offered-metrics.js';

const PLACES = [
  'deploy/observability/rules',
  'deploy/observability/tests',
  'deploy/observability/grafana',
  'deploy/helm/lorekeep/templates',
];
const NAME = /\b(?:vllm:|lorekeep_)[a-z_]+/g;
const SELECTOR = /\b((?:vllm:|lorekeep_)[a-z_]+)\{([^}]*)\}/g;
/** Labels that look like metrics, or names that Prometheus adds to a histogram. */
const PARTS = /_(?:bucket|sum|count)$/;
/** Of the target, and of a histogram's buckets. */
const ADDED = ['job', 'instance', 'exported_instance', 'namespace', 'pod', 'le'];

const typesOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]));
const labelsIn = (text: string): string[] =>
  [...text.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*\\?["']/g)].map(([, name = '']) => name);
const texts = PLACES.flatMap((place) =>
  readdirSync(place).map((file) => ({ place, file, text: readFileSync(join(place, file), 'utf8') })),
);

describe('the metrics that alerts, dashboard and scaling ask for', () => {
  /** Every family that gateway, engine host and vLLM behind it offer: its type and its labels. */
  let types: Map<string, string>;
  const labels = new Map<string, string[]>();
  beforeAll(async () => {
    const gateway = await gatewayMetrics();
    const engine = await engineMetrics();
    types = typesOf(`${gateway.text}\n${engine}`);
    for (const [name, names] of gateway.labels) labels.set(name, names);
    for (const [, name = '', inner = ''] of engine.matchAll(SELECTOR))
      labels.set(name.replace(PARTS, ''), labelsIn(inner));
  });

  it('exist, and with the parts that they are asked for', () => {
    for (const family of PASSED_FAMILIES) expect([...types.keys()]).toContain(family);
    let asked = 0;
    for (const { place, file, text } of texts)
      for (const [name] of text.matchAll(NAME)) {
        if (!name.startsWith('vllm:') && place.endsWith('templates') && !name.includes('_')) continue;
        const family = name.replace(PARTS, '');
        const type = types.get(name) ?? types.get(family);
        expect([file, name, type]).toEqual([file, name, PARTS.test(name) ? 'histogram' : expect.any(String)]);
        if (type === 'counter')
          expect(text).toMatch(new RegExp(`(rate|increase)\\(${name}|series: '${name}`));
        asked += 1;
      }
    expect(asked).toBeGreaterThan(60);
  });

  it('have the labels by which they are chosen', () => {
    let chosen = 0;
    for (const { file, text } of texts)
      for (const [, name = '', inner = ''] of text.matchAll(SELECTOR))
        for (const label of labelsIn(inner)) {
          const offered = labels.get(name) ?? labels.get(name.replace(PARTS, '')) ?? [];
          expect([file, name, label, [...ADDED, ...offered].includes(label)]).toEqual([
            ...[file, name, label],
            true,
          ]);
          chosen += 1;
        }
    expect(chosen).toBeGreaterThan(60);
  });

  it('are all that vLLM passes on', () => {
    for (const family of PASSED_FAMILIES)
      expect([family, texts.some(({ text }) => text.includes(family))]).toEqual([family, true]);
  });
});
