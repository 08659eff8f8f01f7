/** Starts that fail, with the recorded message and exit code. */
import { line, plain } from './start-log.mjs';

const MESSAGES = {
  'out-of-memory': () => [
    'EngineCore',
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.53 GiB of which 1.12 GiB is free.',
  ],
  'free-memory': ({ utilization }, { freeGib, totalGib }) => [
    'EngineCore',
    `ValueError: Free memory on device cuda:0 (${freeGib}/${totalGib} GiB) on startup is less than desired GPU memory utilization (${utilization}, ${(utilization * totalGib).toFixed(2)} GiB). Decrease GPU memory utilization or reduce GPU memory used by other processes.`,
  ],
  'context-over-cache': ({ maxModelLen }, { contextMax }) => [
    'EngineCore',
    `ValueError: To serve at least one request with the model's max seq len (${maxModelLen}), (16.0 GiB KV cache is needed, which is larger than the available KV cache memory (2.35 GiB). Based on the available memory, the estimated maximum model length is ${contextMax}. Try increasing \`gpu_memory_utilization\``,
  ],
  'no-cache-room': () => [
    'EngineCore',
    'ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine',
  ],
  'context-over-model': ({ maxModelLen }) => [
    'APIServer',
    `  Value error, User-specified max_model_len (${maxModelLen}) is greater than the derived max_model_len (max_position_embeddings=8192.0 or model_max_length=None in model's config.json).`,
  ],
  'too-many-gpus': ({ tensorParallel }) => [
    'APIServer',
    `  Value error, World size (${tensorParallel}) is larger than the number of available GPUs (1) in this node. If this is intentional and you are using:`,
  ],
  heads: ({ tensorParallel }) => [
    'APIServer',
    `  Value error, Total number of attention heads (63) must be divisible by tensor parallel size (${tensorParallel}).`,
  ],
  'missing-model': ({ model }) => [
    'APIServer',
    `huggingface_hub.errors.HFValidationError: Repo id must be in the form 'repo_name' or 'namespace/repo_name': '${model}'. Use \`repo_type\` argument if needed.`,
  ],
  'truncated-weights': () => [
    'EngineCore',
    'safetensors._safetensors_rust.SafetensorError: Error while deserializing header: incomplete metadata, file not fully covered',
  ],
  'port-taken': () => ['APIServer', 'OSError: [Errno 98] Address already in use'],
  'peer-to-peer': () => [
    'Worker_TP1',
    "Failed: Cuda error /workspace/csrc/custom_all_reduce.cuh:455 'invalid argument'",
  ],
  crash: () => ['EngineCore', "KeyError: 'something that no pattern knows'"],
};

/** Prints as recorded and exits: 2 for a bad flag, 1 for everything else. */
export async function failStart(kind, flags, steer) {
  if (kind === 'bad-flag') {
    process.stderr.write(
      'usage: main.py [-h] [-v]\nmain.py: error: unrecognized arguments: --no-such-flag\n',
    );
    process.exit(2);
  }
  const [where, message] = MESSAGES[kind](flags, steer);
  if (where === 'EngineCore') {
    line(where, 'ERROR', 'core.py:1330', 'Traceback (most recent call last):');
    line(where, 'ERROR', 'core.py:1330', message);
  }
  if (where !== 'Worker_TP1') plain(where, 'Traceback (most recent call last):');
  plain(where, message);
  if (where !== 'APIServer')
    plain(
      'APIServer',
      'RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}',
    );
  // Exits only when the pipes have taken what was written.
  await new Promise((written) => process.stderr.write('', written));
  process.exit(1);
}
