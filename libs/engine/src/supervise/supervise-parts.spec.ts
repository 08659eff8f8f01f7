import { describe, expect, it } from '@jest/globals';
import { Backoff } from './backoff.js';
import { checkAnswers } from './check-answers.js';
import { OutputReader } from './output-reader.js';
import { readMetrics } from './read-metrics.js';
import type { Answer, ReplicaClient } from './replica-client.js';
import { ManualPace } from './testing/manual-pace.js';
import { aPlan } from './testing/a-plan.js';
import { shapesOf, warmReplica } from './warm-replica.js';

const answering = (texts: readonly (string | undefined)[]): ReplicaClient => {
  const left = [...texts];
  return {
    health: () => Promise.resolve('well'),
    metrics: () => Promise.resolve(undefined),
    answer: () => {
      const text = left.shift();
      return Promise.resolve(text === undefined ? undefined : { text, tokens: 4, seconds: 0.1 });
    },
    chat: () => Promise.resolve('answered'),
  };
};

describe('waits between restarts', () => {
  const limits = { firstMs: 2_000, mostMs: 60_000, quietMs: 600_000 };

  it('begin at once, double, and have an end', () => {
    const backoff = new Backoff(limits);
    const waits = Array.from({ length: 8 }, (_, at) => backoff.crashed(at * 1_000, 500));
    expect(waits).toEqual([0, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('begin anew after a quiet time', () => {
    const backoff = new Backoff(limits);
    for (let at = 0; at < 5; at += 1) backoff.crashed(at, 0);
    expect(backoff.crashed(700_000, 600_000)).toBe(0);
    expect(backoff.crashed(701_000, 1_000)).toBe(2_000);
  });
});

describe('answers before a replica is ready', () => {
  it.each([
    [['9', '9'], 'well'],
    [['9', 'x', '9'], 'well'],
    [['9', '!!', '!!', '!!', '!!', '!!'], 'differs'],
    [['9', '', '', '', '', ''], 'differs'],
    [['  ', '  '], 'differs'],
    [[undefined], 'silent'],
    [['9', undefined], 'silent'],
  ] as const)('%j are %s', async (texts, verdict) => {
    expect(await checkAnswers(answering(texts), 1_000)).toBe(verdict);
  });
});

describe('warming', () => {
  it('has every batch size and every length of a prompt, up to what the plan holds', () => {
    const plan = aPlan();
    const shapes = (settings: object) => shapesOf({ ...plan, ...settings });
    expect(shapes({ sequences: 1 }).batches).toEqual([1]);
    expect(shapes({ sequences: 64 }).batches).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(shapes({ sequences: 48 }).batches).toEqual([1, 2, 4, 8, 16, 32, 48]);
    expect(shapes({ batchedTokens: 512, context: 8_192 }).prompts).toEqual([16, 32, 64, 128, 256]);
    expect(shapes({ batchedTokens: 8_192, context: 513 }).prompts).toEqual([16, 32, 64, 128, 256, 512]);
    const listening = { ...plan.basis.model, task: 'transcribe' as const };
    expect(shapes({ basis: { ...plan.basis, model: listening } }).prompts).toEqual([]);
  });

  it('asks each shape once, and tells how far it is', async () => {
    let open = 0;
    const peaks: number[] = [];
    const prompts: string[] = [];
    const client: ReplicaClient = {
      ...answering([]),
      answer: async (prompt): Promise<Answer> => {
        prompts.push(prompt);
        open += 1;
        peaks.push(open);
        await new Promise((go) => setImmediate(go));
        open -= 1;
        return { text: 'a', tokens: 2, seconds: 0 };
      },
    };
    const told: number[] = [];
    const shapes = { batches: [1, 2, 4, 8], prompts: [16, 32] };
    expect(await warmReplica(client, shapes, 1_000, (done) => told.push(done))).toBe(true);
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(Math.max(...peaks)).toBe(8);
    expect(prompts).toHaveLength(17);
    expect(prompts.slice(15).map((prompt) => prompt.split(' ').length - 1)).toEqual([16, 32]);
    expect(prompts[16]?.startsWith(prompts[15]!.slice(0, 4))).toBe(false);
  });

  it('has failed when one answer is missing', async () => {
    expect(
      await warmReplica(
        answering(['a', 'a', undefined]),
        { batches: [1, 2], prompts: [] },
        1_000,
        () => undefined,
      ),
    ).toBe(false);
  });
});

describe('metrics', () => {
  it('are read by their present names and by older ones, over all engines', () => {
    const text = [
      '# TYPE vllm:num_requests_running gauge',
      'vllm:num_requests_running{engine="0",model_name="m"} 8.0',
      'vllm:num_requests_running{engine="1",model_name="m"} 1.0',
      'vllm:num_requests_waiting{engine="0",model_name="m"} 16.0',
      'vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 16.0',
      'vllm:gpu_cache_usage_perc{engine="0",model_name="m"} 0.0003075272341179769',
      'vllm:prompt_tokens_total{engine="0",model_name="m"} 100.0',
      'vllm:generation_tokens_total{engine="0",model_name="m"} 2689.0',
      'vllm:generation_tokens_created{engine="0",model_name="m"} 1.79e+09',
    ].join('\n');
    expect(readMetrics(text)).toEqual({
      running: 9,
      waiting: 16,
      generatedTokens: 2689,
      promptTokens: 100,
      cacheUsage: 0.0003075272341179769,
    });
  });

  it('that are not vLLM’s say nothing', () => {
    expect(readMetrics('<html>')).toBeUndefined();
    expect(readMetrics('vllm:num_requests_running{engine="0"} 1.0')).toBeUndefined();
  });
});

describe('the output of a vLLM', () => {
  const reader = (): OutputReader =>
    new OutputReader(
      new ManualPace(),
      () => undefined,
      () => undefined,
    );
  const texts = (output: OutputReader): string =>
    output
      .tail()
      .map(({ text }) => text)
      .join('\n');
  const error = '(APIServer pid=1) ERROR 11-21 00:25:00 [serving.py:830] ';

  it('keeps nothing of what was asked while requests are answered', () => {
    const output = reader();
    output.serve();
    for (const line of [
      `${error}ValueError: my salary is secret`,
      `${error}MySecretError: my salary`,
      '(APIServer pid=1) ValueError: my salary without a level',
      `${error}jinja2.exceptions.TemplateError: my salary`,
      '(APIServer pid=1) INFO 11-21 00:25:00 [logger.py:1] Received request: prompt: my salary',
      '(APIServer pid=1) INFO 11-21 00:25:00 [a.py:1] vLLM server version 1.2my-salary',
      "(EngineCore pid=1) ERROR 11-21 00:25:00 [dump_input.py:79] Dumping scheduler output: prompt 'my salary'",
    ])
      output.read(line);
    expect(texts(output)).toBe('ValueError\nException\nTemplateError');
    expect(texts(output)).not.toMatch(/salary|MySecret/);
  });

  it('names what brought the consequences about, and only while it is fresh', () => {
    const output = reader();
    output.read(`${error}Worker proc VllmWorker-1 died unexpectedly (exit code: None)`);
    output.read(`${error}torch.OutOfMemoryError: CUDA out of memory.`);
    output.read(`${error}EngineCore encountered a fatal error.`);
    expect(output.cause).toEqual({ kind: 'out-of-memory' });
    output.begin();
    expect(output.cause).toBeUndefined();
  });

  const worker = '(Worker_TP1 pid=3) ERROR 11-21 00:25:00 [multiproc_executor.py:870] ';
  const nccl = `${worker}torch.distributed.DistBackendError: NCCL error in: ../ProcessGroupNCCL.cpp:94, unhandled cuda error, asked 'my salary'`;
  const start = (lines: readonly string[]): OutputReader => {
    const output = reader();
    output.begin();
    lines.forEach((line) => output.read(line));
    return output;
  };

  it('keeps of a failed start the first exception that nobody knows, without what it quotes', () => {
    const output = start([
      `${worker}WorkerProc failed to start.`,
      nccl,
      '(EngineCore pid=2) Exception: WorkerProc initialization failed due to an exception in a background process.',
      '(APIServer pid=1) RuntimeError: Engine core initialization failed. See root cause above.',
      '(APIServer pid=1) ValueError: something later',
    ]);
    expect(output.cause).toEqual({
      kind: 'unknown',
      text: 'torch.distributed.DistBackendError: NCCL error in: ../ProcessGroupNCCL.cpp:94, unhandled cuda error, asked …',
    });
    const long = start([`${worker}RuntimeError: ${'long '.repeat(500)}`]).cause;
    expect(JSON.stringify(long).length).toBeLessThan(300);
  });

  it.each([
    ['(APIServer pid=1) RuntimeError: Engine core initialization failed. See root cause above.', undefined],
    ['(APIServer pid=1) AssertionError', 'AssertionError'],
    ['Exception: all of it went wrong', 'Exception: all of it went wrong'],
    ['(Worker pid=3) Fatal Python error: Bus error', 'Fatal Python error: Bus error'],
    ['  what():  NCCL watchdog', 'C++ exception: NCCL watchdog'],
    [
      "Failed: Cuda error /csrc/custom_all_reduce.cuh:455 'invalid argument'",
      'CUDA error: /csrc/custom_all_reduce.cuh:455 …',
    ],
    [`${worker.replace('ERROR', 'WARNING')}ImportError: no such kernel`, undefined],
  ])('takes %s for %s', (line, text) => {
    expect(start([line]).cause).toEqual(text === undefined ? undefined : { kind: 'unknown', text });
  });

  it('has what is known before what is not, and both before the consequences', () => {
    const died = `${error}Worker proc VllmWorker-1 died unexpectedly (exit code: None)`;
    const oom = `${worker}torch.OutOfMemoryError: CUDA out of memory.`;
    expect(start([died, nccl, died]).cause?.kind).toBe('unknown');
    expect(start([nccl, oom]).cause).toEqual({ kind: 'out-of-memory' });
    expect(start([oom, nccl]).cause).toEqual({ kind: 'out-of-memory' });
  });

  it('forgets what a process got over: its next stage, or a server that answers', () => {
    const next = (who: string): string =>
      `(${who} pid=3) INFO 11-21 00:25:00 [a.py:1] Model loading took 6.65 GiB`;
    expect(start([nccl, next('Worker_TP1')]).cause).toBeUndefined();
    expect(start([nccl, next('Worker_TP0')]).cause?.kind).toBe('unknown');
    const output = start([nccl]);
    output.serve();
    expect(output.cause).toBeUndefined();
    output.read(nccl);
    expect(output.cause).toBeUndefined();
  });

  it('keeps only the class of an exception as soon as the server listens', () => {
    const output = start([
      '(APIServer pid=1) INFO:     Application startup complete.',
      `${error}ValueError: my salary is secret`,
    ]);
    expect(output.cause).toEqual({ kind: 'unknown', text: 'ValueError' });
    expect(texts(output)).not.toContain('salary');
  });

  it('is bounded', () => {
    const output = reader();
    for (let at = 0; at < 2_000; at += 1) output.say(`line ${at}`);
    expect(output.tail()).toHaveLength(500);
    expect(output.tail(1_999)).toHaveLength(1);
  });
});
