import { describe, expect, it } from '@jest/globals';
import { describeCause } from './describe-event.js';
import type { Cause, LogEvent } from './log-event.js';
import { readLine } from './read-line.js';
import { LineSplitter } from './split-lines.js';
import { withoutQuotes } from './without-quotes.js';

const GIB = 1024 ** 3;
const eventsOf = (line: string): LogEvent[] => readLine(line).flatMap(({ events }) => events);
const causeOf = (line: string): Cause | undefined => {
  const event = eventsOf(line)[0];
  return event?.kind === 'cause' ? event.cause : undefined;
};

describe('a line of the start-up log', () => {
  it('names its process and its level', () => {
    const [line] = readLine(
      '(Worker_TP0 pid=4691) INFO 11-21 00:31:55 [gpu_model_runner.py:5347] Model loading took 6.65 GiB memory and 0.920042 seconds',
    );
    expect(line).toEqual({
      process: 'Worker_TP0',
      level: 'INFO',
      events: [
        { kind: 'memory', part: 'weights', bytes: Math.round(6.65 * GIB) },
        { kind: 'stage', stage: 'compile' },
      ],
    });
  });

  it('tells shards, graphs, tokens and concurrency', () => {
    expect(
      eventsOf('Loading safetensors checkpoint shards:  33% Completed | 1/3 [00:01<00:02,  1.10s/it]'),
    ).toEqual([{ kind: 'shards', done: 1, total: 3 }]);
    expect(
      eventsOf(
        'Capturing CUDA graphs (mixed prefill-decode, PIECEWISE):  53%|█████▎    | 44/83 [00:29<00:20,  1.94it/s]',
      ),
    ).toEqual([{ kind: 'graphs', pass: 'mixed prefill-decode, PIECEWISE', done: 44, total: 83 }]);
    expect(
      eventsOf(
        '(EngineCore pid=1) INFO 11-21 00:32:51 [kv_cache_utils.py:2177] GPU KV cache size: 604,114 tokens',
      ),
    ).toEqual([
      { kind: 'capacity', tokens: 604_114 },
      { kind: 'stage', stage: 'graphs' },
    ]);
    expect(
      eventsOf('GPU KV cache size: 604,114 tokens, Maximum concurrency for 8,192 tokens per request: 73.74x'),
    ).toContainEqual({ kind: 'concurrency', context: 8192, times: 73.74 });
  });

  it('is cut where another process broke into an unfinished bar', () => {
    const lines = readLine(
      'Capturing CUDA graphs (FULL):   0%|          | 0/4 [00:00<?, ?it/s](Worker_TP1 pid=1299) INFO 11-21 00:14:45 [model_runner.py:747] Graph capturing finished in 1 secs, took 0.08 GiB',
    );
    expect(lines.map(({ process }) => process)).toEqual([null, 'Worker_TP1']);
    expect(lines[1]?.events).toContainEqual({ kind: 'stage', stage: 'finish' });
  });

  it('knows where the memory went', () => {
    const events = eventsOf(
      '(Worker_TP0 pid=1) INFO 11-21 00:33:57 [gpu_worker.py:857] Free memory on device (137.84/139.8 GiB) on startup. Desired GPU memory utilization is (0.16, 22.37 GiB). Actual usage is 6.65 GiB for weight, 0.64 GiB for peak activation, 0.1 GiB for non-torch memory, and 1.14 GiB for CUDAGraph memory.',
    );
    expect(events.map((event) => (event.kind === 'memory' ? event.part : event.kind))).toEqual([
      'weights',
      'activation',
      'nonTorch',
      'graphs',
    ]);
  });

  it('is not believed about a cause in the middle of a text', () => {
    expect(eventsOf('(APIServer pid=1) INFO:     said: CUDA out of memory')).toEqual([]);
    expect(
      eventsOf('(APIServer pid=1) INFO 11-21 00:00:00 [a.py:1] prompt: GPU KV cache size: 5 tokens'),
    ).toEqual([]);
  });
});

const core = '(EngineCore pid=7161) ERROR 11-21 00:39:53 [core.py:1330] ';
const CAUSES: readonly (readonly [string, Cause])[] = [
  [
    `${core}ValueError: Free memory on device cuda:0 (38.77/139.8 GiB) on startup is less than desired GPU memory utilization (0.9, 125.82 GiB). Decrease GPU memory utilization or reduce GPU memory used by other processes.`,
    {
      kind: 'free-memory',
      free: Math.round(38.77 * GIB),
      total: Math.round(139.8 * GIB),
      utilization: 0.9,
      wanted: Math.round(125.82 * GIB),
    },
  ],
  [
    `${core}ValueError: To serve at least one request with the model's max seq len (131072), (16.0 GiB KV cache is needed, which is larger than the available KV cache memory (2.35 GiB). Based on the available memory, the estimated maximum model length is 19280. Try increasing`,
    {
      kind: 'context-over-cache',
      context: 131_072,
      needed: 16 * GIB,
      available: Math.round(2.35 * GIB),
      estimated: 19_280,
    },
  ],
  [`${core}ValueError: No available memory for the cache blocks. Try increasing`, { kind: 'no-cache-room' }],
  [
    "(APIServer pid=6482)   Value error, User-specified max_model_len (99999) is greater than the derived max_model_len (max_position_embeddings=8192.0 or model_max_length=None in model's config.json).",
    { kind: 'context-over-model', context: 99_999, maximum: 8192 },
  ],
  [
    '(APIServer pid=5762)   Value error, World size (3) is larger than the number of available GPUs (2) in this node.',
    { kind: 'too-many-gpus', wanted: 3, present: 2 },
  ],
  [
    'ValueError: Total number of attention heads (64) must be divisible by tensor parallel size (3).',
    { kind: 'heads-not-divisible', heads: 64, parallel: 3 },
  ],
  ['main.py: error: unrecognized arguments: --no-such-flag', { kind: 'bad-flag', flags: '--no-such-flag' }],
  ['(APIServer pid=7305) OSError: [Errno 98] Address already in use', { kind: 'port-taken' }],
  [
    "(APIServer pid=5654) huggingface_hub.errors.HFValidationError: Repo id must be in the form 'repo_name' or 'namespace/repo_name': '/models/nope'.",
    { kind: 'missing-model' },
  ],
  [
    `${core}safetensors._safetensors_rust.SafetensorError: Error while deserializing header: incomplete metadata, file not fully covered`,
    { kind: 'damaged-weights' },
  ],
  [
    `${core}ModuleNotFoundError: No module named 'flashinfer'`,
    { kind: 'missing-module', module: 'flashinfer' },
  ],
  [
    `${core}torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.53 GiB of which 1.1 GiB is free.`,
    { kind: 'out-of-memory' },
  ],
  [
    `${core}Failed to load model - not enough GPU memory. Try lowering --gpu-memory-utilization to free memory for weights`,
    { kind: 'out-of-memory' },
  ],
  [
    '(EngineCore pid=1759) ERROR 11-21 00:23:45 [multiproc_executor.py:284] Worker proc VllmWorker-1 died unexpectedly (exit code: None), shutting down executor.',
    { kind: 'worker-died' },
  ],
  [
    '(APIServer pid=2281) WARNING 11-21 00:25:00 [core_client.py:702] [shutdown] MPClient: engine core exited unexpectedly; starting cleanup',
    { kind: 'engine-died' },
  ],
];

describe('the cause of a failure', () => {
  it.each(CAUSES)('%s', (line, cause) => {
    expect(causeOf(line)).toEqual(cause);
    expect(describeCause(cause)).toMatch(/\.$/);
  });

  it('is not the sentence that only points upwards', () => {
    expect(
      causeOf('(APIServer pid=1) RuntimeError: Engine core initialization failed. See root cause above.'),
    ).toBe(undefined);
  });

  it('keeps of an unknown error what it does not quote', () => {
    expect(
      eventsOf("(APIServer pid=1) ValueError: bad role 'my secret' in {'content': 'my secret'}"),
    ).toEqual([{ kind: 'error', name: 'ValueError', message: 'bad role … in …' }]);
  });
});

describe('what is quoted', () => {
  it.each([
    ["Input should be 'user', input='my salary'", 'my salary'],
    ['cannot read "my salary', 'my salary'],
    ['value `my salary` is wrong', 'my salary'],
    ['failed for [my salary]', 'my salary'],
    ['type=value_error, input_value=my salary, input_type=str', 'my salary'],
  ])('is cut out of %s', (message, secret) => {
    expect(withoutQuotes(message)).not.toContain(secret);
  });

  it('and the rest is at most 200 characters', () => {
    expect(withoutQuotes('a'.repeat(5_000))).toHaveLength(201);
  });
});

describe('output in pieces', () => {
  it('is cut at both kinds of line end, wherever the pieces break', () => {
    const splitter = new LineSplitter();
    expect(splitter.push('one\r\ntw')).toEqual(['one']);
    expect(splitter.push('o\rthree\rfo')).toEqual(['two', 'three']);
    expect(splitter.end()).toEqual(['fo']);
    expect(splitter.end()).toEqual([]);
  });

  it('without a line end is bounded', () => {
    const splitter = new LineSplitter();
    for (let at = 0; at < 40; at += 1) splitter.push('x'.repeat(8_192));
    expect(splitter.end()[0]?.length).toBe(64 * 1024);
  });
});
