/** A few of vLLM's metrics under their true names, and the prefix cache that some of them count. */
import { createHash } from 'node:crypto';

const BLOCK = 16;
const REASONS = ['stop', 'length', 'abort', 'error', 'repetition'];

/** Blocks of 16 tokens, chained from a first block that knows the salt: another salt shares nothing. */
export class PrefixCache {
  blocks = new Set();

  /** Number of prompt tokens found, and number newly kept. */
  look(tokens, salt) {
    let parent = `salt:${salt ?? ''}`;
    let cached = 0;
    let created = 0;
    for (let at = 0; at + BLOCK <= tokens.length; at += BLOCK) {
      parent = createHash('sha256')
        .update(parent)
        .update(tokens.slice(at, at + BLOCK).join('\0'))
        .digest('hex');
      if (this.blocks.has(parent)) cached += BLOCK;
      else created += BLOCK;
      this.blocks.add(parent);
    }
    return { cached, created };
  }
}

export class Metrics {
  running = 0;
  waiting = 0;
  promptTokens = 0;
  generationTokens = 0;
  cacheQueries = 0;
  cacheHits = 0;
  finished = Object.fromEntries(REASONS.map((reason) => [reason, 0]));
  firstTokenSeconds = 0;
  firstTokens = 0;

  text(model) {
    const label = `engine="0",model_name="${model}"`;
    const lines = [
      gauge('vllm:num_requests_running', label, this.running),
      gauge('vllm:num_requests_waiting', label, this.waiting),
      gauge('vllm:kv_cache_usage_perc', label, 0),
      counter('vllm:prompt_tokens_total', label, this.promptTokens),
      counter('vllm:generation_tokens_total', label, this.generationTokens),
      counter('vllm:prefix_cache_queries_total', label, this.cacheQueries),
      counter('vllm:prefix_cache_hits_total', label, this.cacheHits),
      counter('vllm:num_preemptions_total', label, 0),
      histogram('vllm:time_to_first_token_seconds', model, this.firstTokens, this.firstTokenSeconds),
      // Seen to be there, not counted.
      histogram('vllm:inter_token_latency_seconds', model, 0, 0),
      histogram('vllm:request_queue_time_seconds', model, 0, 0),
      `# TYPE vllm:request_success_total counter`,
      ...REASONS.map(
        (reason) =>
          `vllm:request_success_total{engine="0",finished_reason="${reason}",model_name="${model}"} ${this.finished[reason].toFixed(1)}`,
      ),
    ];
    return `${lines.join('\n')}\n`;
  }
}

const gauge = (name, label, value) => `# TYPE ${name} gauge\n${name}{${label}} ${value.toFixed(1)}`;
const counter = (name, label, value) => `# TYPE ${name} counter\n${name}{${label}} ${value}`;
const histogram = (name, model, count, sum) =>
  [
    `# TYPE ${name} histogram`,
    `${name}_bucket{engine="0",le="+Inf",model_name="${model}"} ${count}`,
    `${name}_count{engine="0",model_name="${model}"} ${count}`,
    `${name}_sum{engine="0",model_name="${model}"} ${sum}`,
  ].join('\n');
