import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import type { InstancePlan } from './launch-plan.js';
import { describePlan } from './describe-plan.js';
import { planJson, refusalJson } from './plan-json.js';
import { quoteCommand, quoteWord } from './quote-command.js';
import { cards, gptOss, llama, plan, REFERENCE, refusal } from './testing/planning.js';

describe('describePlan', () => {
  it('shows where the memory of a card goes, the reasons and the command', () => {
    const text = describePlan(plan([gptOss], cards(REFERENCE)));
    expect(text).toContain('gpt-oss-20b: cards 0, 1, tensor parallelism 2, utilisation 0.9, port 8000');
    expect(text).toMatch(/ {2}weights +7\.10\n/);
    const cell = (name: string) => Number(new RegExp(`  ${name} +([\\d.]+)\\n`).exec(text)?.[1]);
    const inside = ['weights', 'activation', 'outside torch', 'CUDA graphs', 'KV cache'].map(cell);
    expect(inside.reduce((sum, value) => sum + value, 0)).toBeCloseTo(cell('= budget'), 1);
    expect(cell('= budget') + cell('CUDA context, NCCL') + cell('stays free')).toBeCloseTo(cell('= card'), 1);
    expect(text).toMatch(/\nWhy\n {2}- /);
    expect(text).toContain('\nNCCL_P2P_DISABLE=1 \\\n');
  });

  it('has a column for each model that shares the cards', () => {
    const text = describePlan(plan([gptOss, llama], cards(REFERENCE)));
    expect(text).toMatch(/GiB a card +gpt-oss-20b +llama-3\.1-8b\n/);
    expect(text).toMatch(/CUDA graphs, on top +0\.00 +0\.\d+/);
    expect(text.match(/^Command of /gm)).toHaveLength(2);
    const apart = describePlan(plan([gptOss, llama], cards(REFERENCE), { placement: 'apart' }));
    expect(apart.match(/^Memory of card /gm)).toHaveLength(2);
  });
});

describe('quoteCommand', () => {
  const instance = plan([gptOss], cards(REFERENCE), { speculation: true }).instances[0] as InstancePlan;

  it('is what a shell reads back word for word', () => {
    const odd = {
      ...instance,
      command: ['printf', '%s\\n', "it's", '--a', '$HOME `id` "x"', '--b', '', '--c', '*\\'],
    };
    const shell = spawnSync('sh', ['-c', quoteCommand(odd)], { encoding: 'utf8' });
    expect(shell.stdout.slice(0, -1).split('\n')).toEqual(odd.command.slice(2));
  });

  it('has a flag a line and quotes JSON', () => {
    expect(quoteCommand(instance)).toContain(
      `  --speculative-config '{"method":"ngram","num_speculative_tokens":4,"prompt_lookup_max":4}' \\\n`,
    );
    expect(quoteWord('a/b:c=1,2')).toBe('a/b:c=1,2');
  });
});

describe('planJson', () => {
  it('is the plan without what it was computed from', () => {
    const json = planJson(plan([gptOss], cards(REFERENCE)));
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json.instances[0]).not.toHaveProperty('basis');
    expect(json.instances[0]).toMatchObject({ id: 'gpt-oss-20b', kvTokens: expect.any(Number) });
    expect(refusalJson(refusal([llama], cards('16GiB')))).toMatchObject({
      refused: { code: 'NO_ROOM_FOR_WEIGHTS', facts: { needed: expect.any(Number) } },
    });
  });
});
