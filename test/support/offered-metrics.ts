import type { Inference } from '@lorekeep/inference';
import { createMetrics } from '@lorekeep/kit/telemetry';
import { gaugeInference } from '../../apps/gateway/src/wiring/inference-metrics.js';
import type { EngineHost } from '../../libs/engine/src/host/engine-host.js';
import { hostMetrics } from '../../libs/engine/src/host/host-metrics.js';
import { mergeMetrics } from '../../libs/engine/src/host/vllm-metrics.js';
import { startFakeVllm } from './fake-vllm/start.js';

/** What a gateway answers to Prometheus with one model server, and by family the labels that it gives. */
export async function gatewayMetrics(waiting = 0): Promise<{ text: string; labels: Map<string, string[]> }> {
  const { registry } = createMetrics();
  const replicas = [{ name: 'a:8090', state: 'closed', running: 0, share: 1 }];
  gaugeInference(
    { state: () => ({ waiting, replicas }) } as unknown as Inference,
    {
      registry,
    } as ReturnType<typeof createMetrics>,
  );
  const families = registry.getMetricsAsArray() as unknown as { name: string; labelNames: string[] }[];
  return {
    text: await registry.metrics(),
    labels: new Map(families.map(({ name, labelNames }) => [name, labelNames])),
  };
}

/** What an engine host answers to Prometheus with one instance, vLLM's own figures among it. */
export async function engineMetrics(model = 'm'): Promise<string> {
  const counts = { restarts: 0, crashes: 0, rungsTaken: 0, rung: 0, running: 0, waiting: 0 };
  const known = {
    weightsChecked: true,
    probeSeconds: 0.1,
    kvTokens: 1,
    cardShare: 0.5,
    progress: { percent: 1 },
  };
  const instance = { id: `${model}-0`, model, state: 'ready', ...counts, ...known };
  const host = { status: () => ({ instances: [instance], reasons: [], log: [] }) } as unknown as EngineHost;
  const fake = await startFakeVllm(['--model', model]);
  const vllm = await (await fetch(`${fake.url}/metrics`)).text();
  await fake.stop();
  return `${await hostMetrics(host)}\n${mergeMetrics([{ replica: `${model}-0`, text: vllm }])}`;
}
