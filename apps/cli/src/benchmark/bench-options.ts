import { CliError } from '../cli.errors.js';
import type { Environment } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import type { Load } from './run-load.js';
import type { Goals } from './summarize.js';
import type { Ask, AskShape, Target } from './target.js';

/** As commander hands them over. */
export interface BenchOptions {
  readonly direct?: string[];
  readonly through?: string[];
  readonly key?: string;
  readonly keyEnv?: string;
  readonly directKeyEnv?: string;
  readonly model?: string[];
  readonly rate: string;
  readonly concurrency?: string;
  readonly requests?: string;
  readonly rounds: string;
  readonly inputTokens: string;
  readonly outputTokens: string;
  readonly warmup?: string;
  readonly temperature: string;
  readonly timeout: string;
  readonly goodput?: string;
  readonly seed: string;
  readonly endpoint: string;
  readonly documents: string;
  readonly metrics?: string;
  readonly sweep?: boolean;
  readonly sweepMax?: string;
  readonly sweepTokens?: string;
  readonly tasks?: boolean;
  readonly json?: string;
  readonly html?: string;
}

export interface SweepShape {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What will be done, checked. */
export interface BenchSettings extends AskShape {
  readonly targets: readonly Target[];
  /** Empty = every model that the first door offers. */
  readonly models: readonly string[];
  readonly levels: readonly Pick<Load, 'rate' | 'concurrency'>[];
  /** Undefined = so many as the level needs. */
  readonly requests: number | undefined;
  readonly rounds: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Undefined = as many as run at once. */
  readonly warmup: number | undefined;
  readonly temperature: Ask['temperature'];
  readonly timeoutMs: number;
  readonly goals: Goals | undefined;
  readonly seed: number;
  readonly metricsUrl: string | undefined;
  readonly sweepMax: number | undefined;
  /** The same from run to run, so that models can be compared. */
  readonly sweepShape: SweepShape;
  readonly tasks: boolean;
}

/** More connections than one process can drive and still tell times by the millisecond. */
export const CONCURRENCY_MAX = 1_024;
export const REQUESTS_MAX = 100_000;
const TOKENS_MAX = 131_072;
const DEFAULT_LEVELS = '1,4,16,64';
const SWEEP_TOKENS = '512,256';

/** Throws a CliError for the first mistake. */
export function readBenchOptions(options: BenchOptions, environment: Environment): BenchSettings {
  const whole = (name: string, text: string, min: number, max: number): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw wrong(`--${name} must be a whole number from ${min} to ${max}, not ${text || 'empty'}.`);
    return value;
  };
  const maybe = (name: string, text: string | undefined, min: number, max: number): number | undefined =>
    text === undefined ? undefined : whole(name, text, min, max);
  const rate = readRate(options.rate);
  const levels = (options.concurrency ?? (rate === Infinity ? DEFAULT_LEVELS : 'inf'))
    .split(',')
    .map((text) => text.trim());
  if (!options.sweep)
    for (const [name, given] of [
      ['sweep-max', options.sweepMax],
      ['sweep-tokens', options.sweepTokens],
    ] as const)
      if (given !== undefined) throw wrong(`--${name} says how --sweep is done: give that too.`);
  return {
    targets: readTargets(options, environment),
    models: [...new Set(options.model ?? [])],
    // The same level twice would be two points at one place.
    levels: [...new Set(levels)].map((text) => ({
      rate,
      concurrency:
        text === 'inf' && rate !== Infinity ? Infinity : whole('concurrency', text, 1, CONCURRENCY_MAX),
    })),
    requests: maybe('requests', options.requests, 1, REQUESTS_MAX),
    rounds: whole('rounds', options.rounds, 1, 20),
    inputTokens: whole('input-tokens', options.inputTokens, 1, TOKENS_MAX),
    outputTokens: whole('output-tokens', options.outputTokens, 1, TOKENS_MAX),
    warmup: maybe('warmup', options.warmup, 0, REQUESTS_MAX),
    temperature: decimal('temperature', options.temperature, 2),
    timeoutMs: whole('timeout', options.timeout, 1, 86_400) * 1000,
    goals: options.goodput === undefined ? undefined : readGoals(options.goodput),
    seed: whole('seed', options.seed, 0, 2 ** 32 - 1),
    endpoint: oneOf('endpoint', options.endpoint, ['chat', 'completions']),
    documents: oneOf('documents', options.documents, ['none', 'auto']),
    metricsUrl: options.metrics === undefined ? undefined : address('metrics', options.metrics),
    sweepMax: options.sweep ? whole('sweep-max', options.sweepMax ?? '256', 1, CONCURRENCY_MAX) : undefined,
    sweepShape: readShape(options.sweepTokens ?? SWEEP_TOKENS, whole),
    tasks: options.tasks === true,
  };
}

/** `512,256` */
function readShape(
  text: string,
  whole: (name: string, text: string, min: number, max: number) => number,
): SweepShape {
  const [input = '', output = '', ...more] = text.split(',');
  if (more.length > 0 || !input || !output)
    throw wrong(`--sweep-tokens must be tokens in and out, like 512,256, not ${text}.`);
  const tokens = (part: string): number => whole('sweep-tokens', part, 1, TOKENS_MAX);
  return { inputTokens: tokens(input), outputTokens: tokens(output) };
}

function readTargets(options: BenchOptions, environment: Environment): Target[] {
  const named = (option: string, name: string | undefined): string | undefined => {
    if (name === undefined) return undefined;
    const value = environment[name];
    if (!value) throw wrong(`--${option} ${name}: that environment variable is empty.`);
    return value;
  };
  const directKey = named('direct-key-env', options.directKeyEnv);
  const key = options.key ?? named('key-env', options.keyEnv);
  const many = (list: readonly string[] | undefined): boolean => (list?.length ?? 0) > 1;
  const targets = [
    ...(options.direct ?? []).map((text) => targetOf('direct', text, directKey, many(options.direct))),
    ...(options.through ?? []).map((text) => targetOf('through', text, key, many(options.through))),
  ];
  if (targets.length === 0)
    throw wrong('Say what is measured: --direct URL of a model server, --through URL of a gateway, or both.');
  const labels = targets.map(({ label }) => label);
  const twice = labels.find((label, at) => labels.indexOf(label) !== at);
  if (twice !== undefined) throw wrong(`Two addresses are called ${twice}: name them with URL=label.`);
  return targets;
}

/** `URL` or `URL=label`; without a label the kind, and the host too where there are several of the kind. */
function targetOf(kind: Target['kind'], text: string, key: string | undefined, oneOfMany: boolean): Target {
  const at = text.lastIndexOf('=');
  const [url, label] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  const clean = address(kind, url).replace(/\/v1$/, '');
  const name = label || (oneOfMany ? `${kind} ${new URL(clean).host}` : kind);
  return { kind, url: clean, label: name.slice(0, 60), key };
}

function address(option: string, text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw wrong(`--${option} must be an http or https address, not ${text}.`);
  return text.replace(/\/+$/, '');
}

function readRate(text: string): number {
  if (text === 'inf') return Infinity;
  const rate = Number(text);
  if (!(rate > 0) || rate > 10_000)
    throw wrong(`--rate must be inf or requests a second up to 10000, not ${text}.`);
  return rate;
}

/** `ttft:500,tpot:50,e2el:5000`, in milliseconds. */
function readGoals(text: string): Goals {
  const goals: { ttft?: number; tpot?: number; e2el?: number } = {};
  for (const part of text.split(/[, ]+/).filter(Boolean)) {
    const found = /^(ttft|tpot|e2el):(\d+(?:\.\d+)?)$/.exec(part);
    if (!found)
      throw wrong(`--goodput knows ttft, tpot and e2el in milliseconds (ttft:500,tpot:50), not ${part}.`);
    const name = found[1] as keyof typeof goals;
    if (goals[name] !== undefined) throw wrong(`--goodput has two goals for ${name}.`);
    goals[name] = Number(found[2]);
  }
  if (Object.keys(goals).length === 0) throw wrong('--goodput needs a goal, e.g. ttft:500,tpot:50.');
  return goals;
}

function decimal(name: string, text: string, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0) || value > max)
    throw wrong(`--${name} must be a number from 0 to ${max}, not ${text}.`);
  return value;
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw wrong(`--${name} must be ${allowed.join(' or ')}, not ${text}.`);
  return found;
}

const wrong = (sentence: string): CliError => new CliError(sentence, EXIT.USAGE);
