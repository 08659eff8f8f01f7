/** What the supervisor reads of vLLM's /metrics; sums over the engines of one server. */
export interface EngineMetrics {
  readonly running: number;
  readonly waiting: number;
  readonly generatedTokens: number;
  readonly promptTokens: number;
  /** 0 to 1. */
  readonly cacheUsage: number;
}

/** Present names first, then those of versions before 2025-11. */
const NAMES: Readonly<Record<keyof EngineMetrics, readonly string[]>> = {
  running: ['vllm:num_requests_running'],
  waiting: ['vllm:num_requests_waiting'],
  generatedTokens: ['vllm:generation_tokens_total', 'vllm:generation_tokens'],
  promptTokens: ['vllm:prompt_tokens_total', 'vllm:prompt_tokens'],
  cacheUsage: ['vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'],
};

const LINE = /^(vllm:[a-z_]+)(?:\{[^}]*\})? ([-+0-9.eE]+|NaN)/;

/** Undefined when the text is not vLLM's: without running requests and generated tokens nothing can be judged. */
export function readMetrics(text: string): EngineMetrics | undefined {
  const sums = new Map<string, number>();
  for (const line of text.split('\n')) {
    const found = LINE.exec(line);
    if (found?.[1]) sums.set(found[1], (sums.get(found[1]) ?? 0) + Number(found[2]));
  }
  const value = (field: keyof EngineMetrics): number | undefined => {
    const name = NAMES[field].find((candidate) => sums.has(candidate));
    return name === undefined ? undefined : sums.get(name);
  };
  const [running, generatedTokens] = [value('running'), value('generatedTokens')];
  if (running === undefined || generatedTokens === undefined) return undefined;
  return {
    running,
    generatedTokens,
    waiting: value('waiting') ?? 0,
    promptTokens: value('promptTokens') ?? 0,
    cacheUsage: value('cacheUsage') ?? 0,
  };
}
