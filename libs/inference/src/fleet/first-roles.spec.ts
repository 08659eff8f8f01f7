import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext, type CallContext, type Caller, type Role } from '@lorekeep/kit/context';
import { LOADED_MS } from '@lorekeep/kit/testing';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import { createInference, type Inference } from '../create-inference.js';
import type { AnswerRequest } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';

const TENANT = '11111111-1111-4111-8111-111111111111';

function callOf(kind: Caller['kind'], role: Role): CallContext {
  const ctx = systemContext(TENANT);
  return { ...ctx, caller: { ...ctx.caller, kind, roles: [role] } };
}

describe('people of a role that goes first', () => {
  let fake: FakeVllm;
  let inference: Inference;

  beforeAll(async () => {
    fake = await startFakeVllm(['--model', 'm', '--token-ms', '5']);
    const config = loadConfig(inferenceConfigSchema, {
      INFERENCE_URL: fake.url,
      INFERENCE_SALT_SECRET: 'a secret of at least thirty-two characters',
      INFERENCE_SEQUENCES: '1',
    });
    const policyOf = () => Promise.resolve({ allowed: null, routes: {}, firstRoles: ['support' as const] });
    inference = createInference(config, { policyOf });
  });
  afterAll(async () => {
    await inference?.close();
    await fake?.stop();
  });

  it(
    'have their turn before their colleagues that came a moment earlier; their programs have not',
    async () => {
      const order: string[] = [];
      const ask = async (ctx: CallContext, name: string, { signal = ctx.signal } = {}) => {
        const messages = [{ role: 'user' as const, content: name }];
        const rest = { passages: [], documents: 'none', parameters: {}, locale: 'en' } as const;
        const request: AnswerRequest = { model: 'm', messages, task: 'question', ...rest };
        const { driver } = await inference.models.choose(ctx, 'm');
        for await (const { kind } of driver.answer({ ...ctx, signal }, request))
          if (kind === 'model') order.push(name);
      };
      const waiting = async (count: number) => {
        while (inference.state().waiting !== count) await new Promise((resolve) => setTimeout(resolve, 5));
      };
      const away = new AbortController();
      await fake.script({ content: Array(10_000).fill('word '), reasoning: [], tokenMs: 20, times: 1 });
      const first = ask(callOf('user', 'employee'), 'first', away).catch(() => undefined);
      while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const others: Promise<void>[] = [];
      for (const [kind, role] of [
        ['key', 'support'],
        ['user', 'employee'],
        ['user', 'support'],
      ] as const) {
        others.push(ask(callOf(kind, role), `${kind} ${role}`));
        await waiting(others.length);
      }
      away.abort();
      await Promise.all([first, ...others]);
      expect(order).toEqual(['first', 'user support', 'key support', 'user employee']);
    },
    LOADED_MS,
  );
});
