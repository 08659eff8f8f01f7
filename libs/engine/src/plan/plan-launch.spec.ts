import { describe, expect, it } from '@jest/globals';
import type { Hardware } from '../hardware/hardware.js';
import { parseGpuNotation } from '../hardware/parse-gpu-notation.js';
import { GIB } from './describe-size.js';
import type { InstancePlan, LaunchPlan } from './launch-plan.js';
import type { PlanWishes } from './plan-wishes.js';
import { cards, gptOss, llama, plan, REFERENCE, refusal } from './testing/planning.js';

describe('one model', () => {
  it('is the reference plan on two 24 GB cards without peer-to-peer', () => {
    const { instances, reasons } = plan([gptOss], cards(REFERENCE));
    expect(instances).toHaveLength(1);
    expect(instances[0]).toMatchObject({
      id: 'gpt-oss-20b',
      gpus: [0, 1],
      tensorParallel: 2,
      utilization: 0.9,
      context: 32_768,
      sequences: 64,
      batchedTokens: 4096,
      eager: false,
      port: 8000,
      environment: { CUDA_VISIBLE_DEVICES: '0,1', CUDA_DEVICE_ORDER: 'PCI_BUS_ID', NCCL_P2P_DISABLE: '1' },
    });
    const { command, memory } = instances[0] as InstancePlan;
    expect(command).toEqual([
      'vllm',
      'serve',
      '/models/gpt-oss-20b',
      ...'--served-model-name gpt-oss-20b --host 127.0.0.1 --port 8000'.split(' '),
      ...'--tensor-parallel-size 2 --distributed-executor-backend mp --disable-custom-all-reduce'.split(' '),
      ...'--gpu-memory-utilization 0.9 --max-model-len 32768 --max-num-seqs 64'.split(' '),
      ...'--max-num-batched-tokens 4096 --max-cudagraph-capture-size 64'.split(' '),
      ...'--enable-prefix-caching --prefix-caching-hash-algo sha256 --scheduling-policy priority'.split(' '),
      ...'--enable-auto-tool-choice --tool-call-parser openai'.split(' '),
      ...'--enable-request-id-headers --enable-force-include-usage'.split(' '),
      ...'--disable-access-log-for-endpoints /health,/metrics,/ping --disable-fastapi-docs'.split(' '),
      ...'--fingerprint-mode none --shutdown-timeout 30'.split(' '),
    ]);
    // MXFP4 experts are padded for Marlin on Ada, so more than half of the checkpoint.
    expect(memory.weights / GIB).toBeGreaterThan(6.9);
    expect(memory.weights / GIB).toBeLessThan(7.2);
    expect(reasons.join('\n')).toMatch(/no peer-to-peer.*NCCL_P2P_DISABLE=1.*--disable-custom-all-reduce/);
    expect(reasons.join('\n')).toContain('TIKTOKEN_ENCODINGS_BASE');
  });

  it('says where the cards may become fuller than the watch allows, and what stays below', () => {
    const told = (text: string, wishes: PlanWishes = {}): string =>
      plan([gptOss], cards(text), wishes).reasons.join(' ');
    expect(told(REFERENCE)).toMatch(
      /Utilisation 0\.9 may fill the cards to 98\.3 %: .* Above 95 % .* one rung lower; a utilisation of 0\.867 stays below\./,
    );
    expect(told(REFERENCE, { utilization: 0.867 })).not.toContain('Utilisation');
    expect(told(REFERENCE, { utilization: 0.868 })).toContain('may fill the cards to 95.1 %');
    expect(told(REFERENCE, { memoryShare: 1 })).not.toContain('Utilisation');
    expect(told('2x64GiB@9.0')).not.toContain('Utilisation');
  });

  it('leaves NCCL alone where the cards reach each other', () => {
    const [instance] = plan([gptOss], cards(REFERENCE, { peerToPeer: true })).instances;
    expect(instance?.environment).not.toHaveProperty('NCCL_P2P_DISABLE');
    expect(instance?.command).not.toContain('--disable-custom-all-reduce');
  });

  it('becomes two replicas on cards of their own when asked', () => {
    const { instances, reasons } = plan([gptOss], cards(REFERENCE), { replicas: 2 });
    expect(instances).toMatchObject([
      { id: 'gpt-oss-20b-1', gpus: [0], tensorParallel: 1, port: 8000 },
      { id: 'gpt-oss-20b-2', gpus: [1], tensorParallel: 1, port: 8001 },
    ]);
    expect(instances[0]?.command).not.toContain('--disable-custom-all-reduce');
    expect(instances[0]?.environment).not.toHaveProperty('NCCL_P2P_DISABLE');
    expect(reasons.join('\n')).toMatch(/2 independent replicas/);
  });

  it('tells of the other shape where it would fit and nobody chose', () => {
    const told = (wishes: PlanWishes, gpus = REFERENCE): string =>
      plan([gptOss], cards(gpus), wishes).reasons.join(' ');
    expect(told({})).toMatch(/2 replicas would fit too \(--replicas 2\), with 2\d\d,\d{3} tokens/);
    expect(told({ replicas: 1 })).not.toMatch(/would fit too/);
    expect(told({}, '2x12GiB@8.9')).not.toMatch(/would fit too/);
  });

  it('plans for the smallest card, and says so', () => {
    const { instances, reasons } = plan([gptOss], cards('24GiB@8.9,48GiB@8.9'));
    expect(instances[0]?.memory.budget).toBe(
      plan([gptOss], cards('2x24GiB@8.9')).instances[0]?.memory.budget,
    );
    expect(reasons.join(' ')).toMatch(/The cards differ: .*23\.\d\d GiB/);
  });

  it.each([
    ['24GiB@8.9,8GiB@8.9', [0], 'card 1'],
    ['8GiB@8.9,24GiB@8.9', [1], 'card 0'],
    ['8GiB@8.9,24GiB@8.9,24GiB@8.9', [1, 2], 'card 0'],
  ])('leaves out a card that is too small, and says why: %s', (gpus, taken, free) => {
    const { instances, reasons } = plan([gptOss], cards(gpus));
    expect(instances[0]?.gpus).toEqual(taken);
    expect(reasons[0]).toMatch(new RegExp(`^Left free: ${free}, .*of 7\\.\\d\\d GiB is`));
  });

  it('names the card that others would have to be like where the cards differ', () => {
    const { sentences } = refusal([gptOss], cards('8GiB@8.9,12GiB@8.9'));
    expect(sentences.at(-1)).toMatch(/It would work on 2 cards like card 1 with tensor parallelism 2/);
  });

  it('takes as many cards as its heads allow and says which stay free', () => {
    const { instances, reasons } = plan([gptOss], cards('3x24GiB@8.9'));
    expect(instances[0]?.gpus).toEqual([0, 1]);
    expect(reasons.join('\n')).toMatch(/Left free: card 2/);
  });

  it('lowers the context that nobody asked for, and says why with its numbers', () => {
    const { instances, reasons } = plan([llama], cards('20GiB@8.9'));
    expect(instances[0]?.context).toBeLessThan(32_768);
    expect((instances[0]?.context ?? 1) % 1024).toBe(0);
    expect(reasons.join('\n')).toMatch(
      /context [\d,]+ tokens and not 32,768: one request of 32,768 tokens needs 4\.00 GiB of KV cache a card, and [\d.]+ GiB is there/,
    );
  });

  it('takes larger batches on large cards', () => {
    const [instance] = plan([gptOss], cards('80GiB@9.0')).instances;
    expect(instance).toMatchObject({ sequences: 256, batchedTokens: 8192 });
  });

  it('takes the kernel with the largest weights where the capability is not known', () => {
    const known = plan([gptOss], cards('24GiB@9.0'));
    const unknown = plan([gptOss], cards('24GiB'));
    const weights = ({ instances }: LaunchPlan) => instances[0]?.memory.weights ?? 0;
    expect(weights(unknown)).toBeGreaterThan(weights(known));
    expect(unknown.reasons.join('\n')).toMatch(/capability is not known/);
  });

  it('lowers the utilisation where others hold memory', () => {
    const [card] = parseGpuNotation(REFERENCE);
    const gpus = [{ ...(card as Hardware['gpus'][number]), used: 4 * GIB }];
    const { instances, reasons } = plan([gptOss], { gpus, peerToPeer: false });
    expect(instances[0]?.utilization).toBeLessThan(0.76);
    expect(reasons.join('\n')).toMatch(/Utilisation 0\.747 may fill .*other processes hold 4\.00 GiB/);
  });

  it('honours every wish', () => {
    const wishes = {
      context: 8192,
      sequences: 5,
      batchedTokens: 2048,
      utilization: 0.7,
      eager: true,
      speculation: true,
      firstPort: 9000,
      modelsFolder: '/data',
      program: '/opt/vllm/bin/vllm',
      drainSeconds: 5,
    };
    const [instance] = plan([gptOss], cards(REFERENCE), wishes).instances;
    expect(instance).toMatchObject({
      context: 8192,
      sequences: 5,
      batchedTokens: 2048,
      utilization: 0.7,
      port: 9000,
    });
    expect(instance?.command.slice(0, 3)).toEqual(['/opt/vllm/bin/vllm', 'serve', '/data/gpt-oss-20b']);
    const speculation = instance?.command[instance.command.indexOf('--speculative-config') + 1];
    expect(JSON.parse(speculation ?? '')).toMatchObject({ method: 'ngram' });
    expect(instance?.memory.graphs).toBe(0);
  });

  it('counts a draft model, and the model runner that vLLM falls back to with it', () => {
    const [bare] = plan([llama], cards(REFERENCE)).instances;
    const [guessing] = plan([llama], cards(REFERENCE), { speculation: true }).instances;
    expect([bare?.memory.graphsInBudget, guessing?.memory.graphsInBudget]).toEqual([false, true]);
    const speculation = {
      title: 'draft',
      config: { method: 'eagle3', model: '/models/draft' },
      bytes: 2 * GIB,
    };
    const [drafting] = plan([{ ...llama, speculation }], cards(REFERENCE), { speculation: true }).instances;
    expect((drafting?.memory.weights ?? 0) - (bare?.memory.weights ?? 0)).toBe(GIB);
    expect(
      plan([{ ...llama, speculation: undefined }], cards(REFERENCE), { speculation: true }).instances[0]
        ?.command,
    ).toEqual(bare?.command);
  });

  it('counts fewer requests at once where each is expected to be longer', () => {
    const of = (expectedTokens: number) =>
      plan([llama], cards(REFERENCE), { expectedTokens }).instances[0]?.sequences;
    expect([of(1000), of(4096), of(16_000), of(1_000_000)]).toEqual([64, 48, 8, 4]);
  });
});

describe('several models', () => {
  it('share the cards, with the arithmetic', () => {
    const { instances, reasons } = plan([gptOss, llama], cards(REFERENCE));
    expect(instances).toMatchObject([
      { id: 'gpt-oss-20b', gpus: [0, 1], port: 8000 },
      { id: 'llama-3.1-8b', gpus: [0, 1], port: 8001 },
    ]);
    const sum = instances.reduce((total, { utilization }) => total + utilization, 0);
    expect(sum).toBeLessThan(0.9);
    expect(reasons.join('\n')).toMatch(
      /gpt-oss-20b 0\.\d+ \+ llama-3\.1-8b 0\.\d+ = 0\.\d+ of each card's 23\.64 GiB.*one after another/,
    );
  });

  it('have cards of their own when asked, or when they cannot share', () => {
    const asked = plan([gptOss, llama], cards(REFERENCE), { placement: 'apart' });
    expect(asked.instances).toMatchObject([{ gpus: [0] }, { gpus: [1] }]);
    const forced = plan([gptOss, llama], cards('2x20GiB@8.9'));
    expect(forced.instances).toMatchObject([{ gpus: [0] }, { gpus: [1] }]);
    expect(forced.reasons[0]).toMatch(/cards of its own, because they cannot share them: .* GiB/);
  });

  it('have replicas beside each other', () => {
    const { instances } = plan([gptOss, llama], cards('2x48GiB@8.9'), { replicas: 2 });
    expect(instances.map(({ id, gpus, port }) => [id, gpus[0], port])).toEqual([
      ['gpt-oss-20b-1', 0, 8000],
      ['llama-3.1-8b-1', 0, 8001],
      ['gpt-oss-20b-2', 1, 8002],
      ['llama-3.1-8b-2', 1, 8003],
    ]);
  });

  it('are refused with the arithmetic where nothing helps', () => {
    const { code, sentences, facts } = refusal([gptOss, llama], cards('24GiB@8.9'));
    expect(code).toBe('MODELS_DO_NOT_SHARE');
    expect(sentences[0]).toMatch(/gpt-oss-20b needs .* GiB weights .*; llama-3.1-8b needs .* GiB weights/);
    expect(sentences.at(-1)).toMatch(/It would work on 2 such cards/);
    expect(Number(facts['needed'])).toBeGreaterThan(Number(facts['budget']));
  });
});
