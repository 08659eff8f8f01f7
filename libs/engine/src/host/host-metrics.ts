import { Counter, Gauge, Registry } from 'prom-client';
import type { EngineHost } from './engine-host.js';
import { INSTANCE_STATES, type InstanceStatus } from '../supervise/instance-status.js';

const LABELS = ['instance', 'model'] as const;

/** The host's own metrics in Prometheus' text: states, restarts, rungs, memory, probes. */
export async function hostMetrics(host: EngineHost): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, read: (status: InstanceStatus) => number | null) =>
    fill(new Gauge({ name, help, labelNames: LABELS, registers: [registry] }), read);
  const counter = (name: string, help: string, read: (status: InstanceStatus) => number) =>
    fill(new Counter({ name, help, labelNames: LABELS, registers: [registry] }), read);
  const { instances } = host.status();
  function fill(
    metric: { labels(labels: Record<string, string>): { inc(by: number): void } },
    read: (status: InstanceStatus) => number | null,
  ): void {
    for (const status of instances) {
      const value = read(status);
      if (value !== null) metric.labels({ instance: status.id, model: status.model }).inc(value);
    }
  }
  const state = new Gauge({
    name: 'lorekeep_engine_state',
    help: '1 for the state that the instance is in',
    labelNames: [...LABELS, 'state'],
    registers: [registry],
  });
  for (const { id, model, state: now } of instances)
    for (const name of INSTANCE_STATES)
      state.labels({ instance: id, model, state: name }).set(name === now ? 1 : 0);
  counter('lorekeep_engine_restarts_total', 'Starts after the first', (status) => status.restarts);
  counter('lorekeep_engine_crashes_total', 'Ends that nobody asked for', (status) => status.crashes);
  counter('lorekeep_engine_rungs_total', 'Moves down the ladder', (status) => status.rungsTaken);
  gauge('lorekeep_engine_rung', 'Rungs below the plan; 0 = as planned', (status) => status.rung);
  gauge('lorekeep_engine_weights_checked', '1 where the weights were compared with sums', (status) =>
    status.weightsChecked === null ? null : Number(status.weightsChecked),
  );
  gauge('lorekeep_engine_probe_seconds', 'The last answer of one token', (status) => status.probeSeconds);
  gauge('lorekeep_engine_progress_ratio', 'Progress of a start', ({ progress }) =>
    progress ? progress.percent / 100 : null,
  );
  gauge('lorekeep_engine_kv_cache_tokens', 'Tokens that the KV cache holds', (status) => status.kvTokens);
  gauge('lorekeep_engine_card_memory_ratio', 'Fullest card of the instance', (status) => status.cardShare);
  gauge('lorekeep_engine_requests_running', 'Requests that run', (status) => status.running);
  gauge('lorekeep_engine_requests_waiting', 'Requests that wait', (status) => status.waiting);
  return registry.metrics();
}
