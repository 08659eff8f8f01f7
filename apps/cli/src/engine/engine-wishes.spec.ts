import { describe, expect, it } from '@jest/globals';
import {
  engineConfigSchema,
  isPlanRefusal,
  loadCatalogue,
  parseGpuNotation,
  planLaunch,
  wishesOf,
  type PlanWishes,
} from '@lorekeep/engine';
import { loadConfig } from '@lorekeep/kit/config';
import { readWishes, WISH_FLAGS, wishSettings, type WishOptions } from './engine-wishes.js';

const hardware = { gpus: parseGpuNotation('2x80GiB@9.0'), peerToPeer: true };
const given = {
  replicas: '2',
  tensorParallel: '1',
  placement: 'apart',
  context: '8192',
  utilization: '0.8',
  sequences: '24',
  batchedTokens: '4096',
  expectedTokens: '2048',
  eager: true,
  speculation: true,
  firstPort: '8100',
} as const satisfies WishOptions;

/** As the host reads its environment. */
const hostWishes = (environment: Record<string, string>): PlanWishes =>
  wishesOf(loadConfig(engineConfigSchema, environment));

async function commands(wishes: PlanWishes): Promise<unknown> {
  // Each on its own; what they share is the wish, not the cards.
  const models = await loadCatalogue('');
  return models.map((model) => {
    const plan = planLaunch([model], hardware, wishes);
    return isPlanRefusal(plan) ? plan.sentences : plan.instances.map(({ command }) => command);
  });
}

describe('what is asked of a plan and of a start', () => {
  it('has an example of each here', () => {
    expect(WISH_FLAGS.map(({ name }) => name).sort()).toEqual(Object.keys(given).sort());
  });

  it.each(WISH_FLAGS)('is the same for both: $name', async ({ name }) => {
    const options: WishOptions = { [name]: given[name] };
    const plan = { ...hostWishes({}), ...readWishes(options) };
    const host = hostWishes(wishSettings(options));
    expect(host).toEqual(plan);
    expect(host[name]).toBe(
      typeof given[name] === 'boolean' || name === 'placement' ? given[name] : Number(given[name]),
    );
    expect(host[name]).not.toBe(hostWishes({})[name]);
    expect(await commands(host)).toEqual(await commands(plan));
  });

  it('starts speculative decoding where the catalogue describes it', async () => {
    const written = JSON.stringify(await commands(hostWishes(wishSettings({ speculation: true }))));
    expect(written).toContain('--speculative-config');
    expect(JSON.stringify(await commands(hostWishes({})))).not.toContain('--speculative-config');
  });

  it('is nothing where nothing is asked, and names a mistake by its flag', () => {
    expect([readWishes({}), wishSettings({ eager: false })]).toEqual([{}, {}]);
    expect(() => wishSettings({ batchedTokens: 'many' })).toThrow('--batched-tokens must be a number');
    expect(() => readWishes({ placement: 'near' })).toThrow('--placement must be shared or apart');
  });
});
