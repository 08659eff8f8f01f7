/** The start-up log of vLLM 0.26 as recorded, in the recorded proportions, on stdout; bars on stderr with \r. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Share of the start at which the server listens, as recorded in a first start of 201 s. */
const WHOLE = 201;
const LOOK_MS = 50;
let begun = performance.now();

const stamp = () => new Date().toISOString().slice(5, 19).replace('T', ' ');

export function line(process_, level, place, message) {
  const pid = process.pid;
  const middle = place ? `${level} ${stamp()} [${place}] ` : `${level}     `;
  process.stdout.write(`(${process_} pid=${pid}) ${middle}${message}\n`);
}

/** A line of a traceback: no level. */
export const plain = (process_, message) =>
  process.stderr.write(`(${process_} pid=${process.pid}) ${message}\n`);

async function at(second, steer) {
  const due = begun + (second / WHOLE) * steer.startMs;
  for (;;) {
    const wait = due - performance.now();
    if (wait <= 0 || (steer.hurryFile && existsSync(steer.hurryFile))) return;
    await sleep(Math.min(wait, LOOK_MS));
  }
}

/** To the point where failures of the memory arithmetic come. */
export async function printBefore(flags, steer) {
  begun = performance.now();
  await at(21, steer);
  line('APIServer', 'INFO', 'api_utils.py:345', '  █▄█▀ █     █     █     █  version 0.26.0');
  line('APIServer', 'INFO', 'api_utils.py:273', `non-default args: {'model_tag': '${flags.model}'}`);
  if (['missing-model', 'too-many-gpus', 'heads', 'context-over-model', 'port-taken'].includes(steer.fail))
    return;
  await at(46, steer);
  line('EngineCore', 'INFO', 'core.py:116', 'Initializing a V1 LLM engine (v0.26.0) with config: model');
  await at(67, steer);
  for (let rank = 0; rank < flags.tensorParallel; rank += 1)
    line(
      'Worker',
      'INFO',
      'parallel_state.py:1615',
      `world_size=${flags.tensorParallel} rank=${rank} local_rank=${rank}`,
    );
  if (steer.fail === 'peer-to-peer') return;
  await at(70, steer);
  line('Worker_TP0', 'INFO', 'gpu_model_runner.py:5250', `Starting to load model ${flags.model}...`);
}

export async function printAfter(flags, steer) {
  for (const done of [0, 1, 2, 3])
    process.stderr.write(
      `\rLoading safetensors checkpoint shards: ${String(Math.round((100 * done) / 3)).padStart(3)}% Completed | ${done}/3 [00:01<00:02,  1.10s/it]\n`,
    );
  await at(72, steer);
  line(
    'Worker_TP0',
    'INFO',
    'gpu_model_runner.py:5347',
    'Model loading took 6.65 GiB memory and 0.920042 seconds',
  );
  await at(99, steer);
  if (!flags.eager) {
    if (steer.warm)
      line(
        'Worker_TP0',
        'INFO',
        'backends.py:292',
        'Directly load the compiled graph(s) for compile range (1, 8192) from the cache, took 1.410 s',
      );
    line('Worker_TP0', 'INFO', 'monitor.py:53', 'torch.compile took 26.85 s in total');
  }
  await at(128, steer);
  line('Worker_TP0', 'INFO', 'gpu_worker.py:560', 'Available KV cache memory: 13.84 GiB');
  line('EngineCore', 'INFO', 'kv_cache_utils.py:2177', 'GPU KV cache size: 604,114 tokens');
  line(
    'EngineCore',
    'INFO',
    'kv_cache_utils.py:2178',
    'Maximum concurrency for 8,192 tokens per request: 73.74x',
  );
  if (!flags.eager) await printGraphs(steer);
  await at(195, steer);
  line(
    'Worker_TP0',
    'INFO',
    'gpu_worker.py:857',
    'Free memory on device (137.84/139.8 GiB) on startup. Desired GPU memory utilization is (0.16, 22.37 GiB). Actual usage is 6.65 GiB for weight, 0.64 GiB for peak activation, 0.1 GiB for non-torch memory, and 1.14 GiB for CUDAGraph memory.',
  );
  line(
    'EngineCore',
    'INFO',
    'core.py:340',
    'init engine (profile, create kv cache, warmup model) took 122.80 s (compilation: 26.85 s)',
  );
  await at(200.6, steer);
  line(
    'APIServer',
    'INFO',
    'api_server.py:677',
    `Starting vLLM server on http://${flags.host}:${flags.port}`,
  );
  await at(201, steer);
}

async function printGraphs(steer) {
  for (let done = 0; done <= 20; done += 1) {
    await at(128 + (66 * done) / 20, steer);
    process.stderr.write(
      `\rCapturing CUDA graphs (mixed prefill-decode, PIECEWISE): ${5 * done}%|${'█'.repeat(done / 2)}| ${done}/20 [00:01<00:10,  1.94it/s]`,
    );
  }
  process.stderr.write('\n');
  line(
    'Worker_TP0',
    'INFO',
    'gpu_model_runner.py:6844',
    'Graph capturing finished in 66 secs, took 1.14 GiB',
  );
}
