import type { EngineConfig, PlanWishes } from '@lorekeep/engine';
import { CliError } from '../cli.errors.js';
import { EXIT } from '../exit-codes.js';

type WishName = Exclude<keyof PlanWishes, 'modelsFolder' | 'program' | 'drainSeconds' | 'memoryShare'>;

interface WishFlag {
  readonly name: WishName;
  /** What follows it; left out: nothing does. */
  readonly value?: string;
  /** The setting of the engine host that says the same. */
  readonly setting: keyof EngineConfig & string;
  readonly description: string;
}

/** What plan and start are asked for alike: a plan that was printed can be started. */
export const WISH_FLAGS: readonly WishFlag[] = [
  {
    name: 'replicas',
    value: 'number',
    setting: 'ENGINE_REPLICAS',
    description: 'independent instances of each model, in place of one over all cards',
  },
  {
    name: 'tensorParallel',
    value: 'number',
    setting: 'ENGINE_TENSOR_PARALLEL',
    description: 'cards of an instance',
  },
  {
    name: 'placement',
    value: 'how',
    setting: 'ENGINE_PLACEMENT',
    description: 'several models: shared (all on all cards) or apart (each on cards of its own)',
  },
  { name: 'context', value: 'tokens', setting: 'ENGINE_CONTEXT', description: 'longest request' },
  {
    name: 'utilization',
    value: 'share',
    setting: 'ENGINE_UTILIZATION',
    description: 'share of each card, of all models together',
  },
  { name: 'sequences', value: 'number', setting: 'ENGINE_SEQUENCES', description: 'requests at once' },
  {
    name: 'batchedTokens',
    value: 'number',
    setting: 'ENGINE_BATCHED_TOKENS',
    description: 'tokens of a batch',
  },
  {
    name: 'expectedTokens',
    value: 'number',
    setting: 'ENGINE_EXPECTED_TOKENS',
    description: 'tokens that a request usually has; decides how many run at once',
  },
  { name: 'eager', setting: 'ENGINE_EAGER', description: 'without CUDA graphs' },
  {
    name: 'speculation',
    setting: 'ENGINE_SPECULATION',
    description: 'with the speculative decoding that the catalogue describes',
  },
  {
    name: 'firstPort',
    value: 'port',
    setting: 'ENGINE_FIRST_PORT',
    description: 'port of the first instance on 127.0.0.1',
  },
];

/** As the command line gives them. */
export type WishOptions = { readonly [name in WishName]?: string | boolean };

export function flagOf({ name, value }: WishFlag): string {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return value === undefined ? flag : `${flag} <${value}>`;
}

/** Only what was asked for, so that the settings stand where nothing was. */
export function readWishes(options: WishOptions): PlanWishes {
  const wishes: Record<string, number | string | boolean> = {};
  for (const { flag, given } of asked(options)) wishes[flag.name] = readWish(flag, given);
  return wishes;
}

/** The same as settings of the engine host. */
export function wishSettings(options: WishOptions): Record<string, string> {
  return Object.fromEntries(
    asked(options).map(({ flag, given }) => [flag.setting, String(readWish(flag, given))]),
  );
}

function asked(options: WishOptions): { flag: WishFlag; given: string | boolean }[] {
  return WISH_FLAGS.flatMap((flag) => {
    const given = options[flag.name];
    return given === undefined || given === false ? [] : [{ flag, given }];
  });
}

function readWish(flag: WishFlag, given: string | boolean): number | string | boolean {
  if (typeof given === 'boolean') return given;
  const [name] = flagOf(flag).split(' ');
  if (flag.name === 'placement') {
    if (given === 'shared' || given === 'apart') return given;
    throw new CliError(`${name} must be shared or apart, not ${JSON.stringify(given)}.`, EXIT.USAGE);
  }
  if (/^\d{1,9}(\.\d{1,6})?$/.test(given)) return Number(given);
  throw new CliError(`${name} must be a number, not ${JSON.stringify(given)}.`, EXIT.USAGE);
}
