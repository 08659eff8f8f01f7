import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { findTools } from '../support/find-tools.mjs';
import { engineMetrics, gatewayMetrics } from '../support/offered-metrics.js';

const { HELM_PATH, PROMTOOL_PATH } = findTools().found;
const withBoth = HELM_PATH && PROMTOOL_PATH ? describe : describe.skip;
const CHART = 'deploy/helm/lorekeep';

interface ScaledObject {
  kind: string;
  spec: { triggers: { metricType: string; metadata: { query: string; threshold: string } }[] };
}
interface Series {
  series: string;
  values: string;
}
type Target = Record<'namespace' | 'pod', string>;

/** As Prometheus keeps what a target answers: its labels added, and `waiting` in place of the figure of `family`. */
function scraped(text: string, target: Target, family: string, waiting: number): Series[] {
  const added = Object.entries(target).map(([name, value]) => `${name}="${value}"`);
  const lines = [...text.matchAll(/^((?:lorekeep_|vllm:)[a-z_]+)(?:\{(.*)\})? (\S+)$/gm)];
  expect(lines.filter(([, name]) => name === family)).toHaveLength(1);
  return lines.map(([, name = '', labels = '', value = '']) => ({
    series: `${name}{${[...(labels === '' ? [] : [labels]), ...added].join(',')}}`,
    values: `${name === family ? waiting : value}x4`,
  }));
}

withBoth("the chart's query for more engine hosts", () => {
  let trigger: ScaledObject['spec']['triggers'][number];
  let gateway: string;
  const engines = new Map<string, string>();
  beforeAll(async () => {
    const values = ['-f', `${CHART}/ci/keda-values.yaml`, '--kube-version', '1.33.0'];
    const args = ['template', 'main', CHART, '--namespace', 'kb', ...values];
    const { stdout, stderr, status } = spawnSync(HELM_PATH ?? '', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const scaled = parseAllDocuments(stdout)
      .map((document) => document.toJS() as ScaledObject | null)
      .find((manifest) => manifest?.kind === 'ScaledObject');
    trigger = scaled!.spec.triggers[0]!;
    gateway = (await gatewayMetrics()).text;
    for (const model of ['gpt-oss-20b', 'llama-3.1-8b', 'another'])
      engines.set(model, await engineMetrics(model));
  }, 60_000);

  const gatewayOf = (pod: string, waiting: number, namespace = 'kb') =>
    scraped(gateway, { namespace, pod }, 'lorekeep_queue_waiting', waiting);
  const engineOf = (pod: string, model: string, waiting: number, namespace = 'kb') =>
    scraped(engines.get(model) ?? '', { namespace, pod }, 'vllm:num_requests_waiting', waiting);

  /** promtool's verdict on what the query says of these series. */
  function judge(series: Series[], value: number): { status: number | null; said: string } {
    const folder = mkdtempSync(join(tmpdir(), 'scaling-'));
    const rules = [{ record: 'wanted', expr: trigger.metadata.query }];
    writeFileSync(join(folder, 'rules.yaml'), JSON.stringify({ groups: [{ name: 'scaling', rules }] }));
    const samples = [{ labels: 'wanted', value }];
    const told = [{ expr: 'wanted', eval_time: '1m', exp_samples: samples }];
    const tests = [{ interval: '30s', input_series: series, promql_expr_test: told }];
    writeFileSync(
      join(folder, 'tests.yaml'),
      JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '30s', tests }),
    );
    const { status, stdout, stderr } = spawnSync(
      PROMTOOL_PATH ?? '',
      ['test', 'rules', join(folder, 'tests.yaml')],
      { encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });
    return { status, said: `${stdout}${stderr}` };
  }

  const idle = () => [...gatewayOf('g1', 0), ...gatewayOf('g2', 0), ...engineOf('e0', 'gpt-oss-20b', 0)];
  it.each<[string, () => Series[], number]>([
    ['nothing is measured', () => [], 0],
    ['nobody waits', idle, 0],
    [
      'questions wait in two gateways, and no host runs yet',
      () => [...gatewayOf('g1', 7), ...gatewayOf('g2', 4)],
      11,
    ],
    ['requests wait in vLLM alone', () => [...gatewayOf('g1', 0), ...engineOf('e0', 'gpt-oss-20b', 6)], 6],
    [
      'they wait in both, for both models and on two hosts',
      () => [
        ...gatewayOf('g1', 7),
        ...engineOf('e0', 'gpt-oss-20b', 2),
        ...engineOf('e0', 'llama-3.1-8b', 3),
        ...engineOf('e1', 'gpt-oss-20b', 1),
      ],
      13,
    ],
    [
      'others wait: in another namespace, for another model',
      () => [
        ...gatewayOf('g1', 1),
        ...gatewayOf('x1', 50, 'other'),
        ...engineOf('e0', 'gpt-oss-20b', 0, 'other'),
        ...engineOf('e0', 'another', 50),
      ],
      1,
    ],
  ])('where %s', (_, series, waiting) => {
    const { status, said } = judge(series(), waiting);
    expect([status, status === 0 ? '' : said]).toEqual([0, '']);
    expect(judge(series(), waiting + 1).status).toBe(1);
  });

  it('divides what waits among the hosts that are there', () => {
    expect(trigger.metricType).toBe('AverageValue');
    expect(Number(trigger.metadata.threshold)).toBeGreaterThan(0);
  });
});
