import type { EngineHost } from './engine-host.js';
import type { InstanceState } from '../supervise/instance-status.js';

/** What of vLLM's own metrics is passed on: what alerts, dashboards and scaling ask for, some 60 lines a replica. */
export const PASSED_FAMILIES: readonly string[] = [
  'vllm:num_requests_running',
  'vllm:num_requests_waiting',
  'vllm:kv_cache_usage_perc',
  'vllm:num_preemptions_total',
  'vllm:prompt_tokens_total',
  'vllm:generation_tokens_total',
  'vllm:prefix_cache_queries_total',
  'vllm:prefix_cache_hits_total',
  'vllm:request_success_total',
  'vllm:time_to_first_token_seconds',
  'vllm:inter_token_latency_seconds',
  'vllm:request_queue_time_seconds',
];
const RUNS: ReadonlySet<InstanceState> = new Set(['warming', 'ready', 'draining']);
const ANSWER_MS = 1_000;
const LINE = /^(vllm:[a-z_]+?)(_bucket|_sum|_count)?(?:\{([^}]*)\})? (\S+)$/;
const ABOUT = /^# (?:HELP|TYPE) (vllm:[a-z_]+) /;

/** vLLM listens on loopback, so its metrics come through this door; a replica that does not answer is left out. */
export async function vllmMetrics(host: EngineHost): Promise<string> {
  const running = host.status().instances.filter(({ state }) => RUNS.has(state));
  const texts = await Promise.all(
    running.map(async ({ id, plan }) => ({ replica: id, text: await ask(plan.port) })),
  );
  return mergeMetrics(texts);
}

/** Texts of several replicas as one: each family once, as the format wants it, each line with its `replica`. */
export function mergeMetrics(texts: readonly { readonly replica: string; readonly text: string }[]): string {
  const families = new Map(
    PASSED_FAMILIES.map((name) => [name, { about: [] as string[], lines: [] as string[] }]),
  );
  for (const { replica, text } of texts) {
    const begun = new Set([...families].filter(([, { about }]) => about.length > 0).map(([name]) => name));
    for (const line of text.split('\n')) {
      const about = ABOUT.exec(line)?.[1];
      if (about !== undefined && !begun.has(about)) families.get(about)?.about.push(line);
      const [, name = '', part = '', labels = '', value = ''] = LINE.exec(line) ?? [];
      const all = [`replica="${replica}"`, ...(labels === '' ? [] : [labels])].join(',');
      (families.get(name) ?? families.get(`${name}${part}`))?.lines.push(`${name}${part}{${all}} ${value}`);
    }
  }
  const whole = [...families.values()].filter(({ lines }) => lines.length > 0);
  return whole.map(({ about, lines }) => `${[...about, ...lines].join('\n')}\n`).join('');
}

async function ask(port: number): Promise<string> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return await response.text();
  } catch {
    return '';
  }
}
