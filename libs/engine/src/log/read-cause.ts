import type { Cause } from './log-event.js';

const GIB = 1024 ** 3;
const gib = (text: string | undefined): number => Math.round(Number(text) * GIB);
const count = (text: string | undefined): number => Number(text?.replaceAll(',', ''));

type Pattern = readonly [RegExp, (found: RegExpExecArray) => Cause];

/** vLLM's texts, each from where its message begins. Source: recordings of 0.26 and vllm/v1, vllm/config. */
const PATTERNS: readonly Pattern[] = [
  [
    /^(?:ValueError: )?Free memory on device \S+ \(([\d.]+)\/([\d.]+) GiB\) on startup is less than desired GPU memory utilization \(([\d.]+), ([\d.]+) GiB\)/,
    ([, free, total, utilization, wanted]) => ({
      kind: 'free-memory',
      free: gib(free),
      total: gib(total),
      utilization: Number(utilization),
      wanted: gib(wanted),
    }),
  ],
  [
    /^(?:ValueError: )?To serve at least one request with the model's max seq len \((\d+)\), \(?([\d.]+) GiB KV cache is needed, which is larger than the available KV cache memory \(([\d.]+) GiB\)\.?(?:.*?estimated maximum model length is (\d+))?/,
    ([, context, needed, available, estimated]) => ({
      kind: 'context-over-cache',
      context: Number(context),
      needed: gib(needed),
      available: gib(available),
      estimated: estimated === undefined ? null : Number(estimated),
    }),
  ],
  [/^(?:ValueError: )?No available memory for the cache blocks\b/, () => ({ kind: 'no-cache-room' })],
  [
    /^(?:Value error, |ValueError: )?User-specified max_model_len \((\d+)\) is greater than the derived max_model_len \((?:max_position_embeddings=)?([\d.]+)/,
    ([, context, maximum]) => ({
      kind: 'context-over-model',
      context: Number(context),
      maximum: Math.floor(Number(maximum)),
    }),
  ],
  [
    /^(?:Value error, |ValueError: )?World size \((\d+)\) is larger than the number of available GPUs \((\d+)\)/,
    ([, wanted, present]) => ({ kind: 'too-many-gpus', wanted: Number(wanted), present: Number(present) }),
  ],
  [
    /^(?:Value error, |ValueError: )?Total number of attention heads \((\d+)\) must be divisible by tensor parallel size \((\d+)\)/,
    ([, heads, parallel]) => ({
      kind: 'heads-not-divisible',
      heads: count(heads),
      parallel: count(parallel),
    }),
  ],
  [
    /^\S+: error: unrecognized arguments: (--[a-z0-9-]+)/,
    ([, flag = '']) => ({ kind: 'bad-flag', flags: flag }),
  ],
  [/^\S+: error: argument (--[a-z0-9-]+)/, ([, flag = '']) => ({ kind: 'bad-flag', flags: flag })],
  [/^OSError: \[Errno \d+\] Address already in use\b/, () => ({ kind: 'port-taken' })],
  [
    /^(?:[\w.]*HFValidationError: Repo id must be|[\w.]*(?:RepositoryNotFoundError|LocalEntryNotFoundError|OfflineModeIsEnabled)\b|OSError: .*(?:does not appear to have|is not a local folder)|ValueError: Invalid repository ID or local directory)/,
    () => ({ kind: 'missing-model' }),
  ],
  [/^[\w.]*SafetensorError: /, () => ({ kind: 'damaged-weights' })],
  [
    /^(?:torch\.(?:cuda\.)?OutOfMemoryError\b|(?:RuntimeError: )?CUDA out of memory\b|RuntimeError: CUDA error: out of memory|(?:RuntimeError: |ValueError: )?Failed to load model - not enough GPU memory|RuntimeError: Worker failed with error 'CUDA out of memory)/,
    () => ({ kind: 'out-of-memory' }),
  ],
  [/^NotImplementedError: No MXFP4 MoE backend supports/, () => ({ kind: 'no-kernel' })],
  [
    /^ModuleNotFoundError: No module named '([\w.]{1,100})'/,
    ([, module = '']) => ({ kind: 'missing-module', module }),
  ],
  [/^openai_harmony\.HarmonyError: error downloading or loading vocab/, () => ({ kind: 'no-vocabulary' })],
  [/^Worker proc \S+ died unexpectedly\b/, () => ({ kind: 'worker-died' })],
  [
    /^(?:EngineCore encountered a fatal error|\[shutdown\] MPClient: engine core exited unexpectedly)/,
    () => ({ kind: 'engine-died' }),
  ],
];

/** The cause that a message names, or nothing. `message` is a log line without its prefix. */
export function readCause(message: string): Cause | undefined {
  for (const [pattern, make] of PATTERNS) {
    const found = pattern.exec(message);
    if (found) return make(found);
  }
  return undefined;
}
