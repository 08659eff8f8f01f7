import { systemClock } from '@lorekeep/kit/clock';
import type { CommandContext } from '../command-context.js';
import { plainText } from '../terminal/plain-text.js';
import type { BenchSettings } from './bench-options.js';
import type { BenchReport, ModelReport } from './bench-report.js';
import { PromptBuilder } from './build-prompts.js';
import { tokenCounter } from './count-tokens.js';
import { engineFacts } from './engine-facts.js';
import type { HttpClient } from './http-client.js';
import { LoadWatch } from './load-watch.js';
import { measureModel, type ModelParts } from './measure-model.js';
import { sweepModel } from './sweep-model.js';
import type { Target } from './target.js';
import { scoreTasks, TASKS } from './tasks/score-tasks.js';

export interface Around {
  readonly context: CommandContext;
  readonly settings: BenchSettings;
  readonly client: HttpClient;
}

/** All of one model: its levels, the sweep, the tasks. What was measured until it ends or throws stands in the report. */
export async function benchModel(
  report: BenchReport,
  model: string,
  targets: readonly Target[],
  around: Around,
): Promise<void> {
  const { context, settings, client } = around;
  const direct = targets.find(({ kind }) => kind === 'direct');
  const count = direct && (await tokenCounter(direct, model, client, settings.endpoint, context.signal));
  const metricsUrl = settings.metricsUrl ?? (direct && `${direct.url}/metrics`);
  const metrics = metricsUrl === undefined ? undefined : { url: metricsUrl, key: keyFor(metricsUrl, direct) };
  const watch = new LoadWatch(client, metrics, context.signal);
  const { memory, ...start } = await engineFacts(context, model);
  const cardsAtRest = await watch.cardsUsed();
  const entry: ModelReport = {
    model,
    promptTokens: count ? 'counted' : 'estimated',
    levels: [],
    shares: [],
    memoryAtRest: memory ?? cardsAtRest,
    cardsAtRest,
    ...start,
    ownEnds: [],
    remarks: [],
    sweep: null,
    tasks: [],
  };
  report.models.push(entry);
  const promptsOf = (tokens: number) => new PromptBuilder(settings.seed, tokens, count);
  let stream = 0;
  const parts: ModelParts = {
    client,
    settings,
    watch,
    now: () => systemClock.monotonic(),
    shape: settings,
    timeoutMs: settings.timeoutMs,
    signal: context.signal,
    prompts: promptsOf(settings.inputTokens),
    nextStream: () => stream++,
    ownEnds: new Set(),
    silent: new Set(),
    processorMs,
    say: (line) => context.progress.step(plainText(line)),
  };
  await measureModel(entry, targets, parts);
  // What decides between models is the model's own: asked directly where that is possible.
  const own = direct ?? targets[0];
  const isThere = (target: Target): boolean => !context.signal.aborted && !parts.silent.has(target);
  if (own && settings.sweepMax !== undefined && isThere(own)) {
    const prompts = promptsOf(settings.sweepShape.inputTokens);
    entry.sweep = await sweepModel(model, own, settings.sweepMax, { ...parts, prompts });
  }
  entry.ownEnds = [...parts.ownEnds].map(({ label }) => label);
  if (own && settings.tasks && isThere(own)) await askTasks(entry, own, parts);
  for (const { label } of parts.silent)
    entry.remarks.push(`${model} at ${label} stopped answering: what was left to ask there was left out.`);
}

async function askTasks(entry: ModelReport, target: Target, parts: ModelParts): Promise<void> {
  parts.say(`${entry.model}: ${target.label}, ${TASKS.length} tasks`);
  entry.tasks = await scoreTasks(entry.model, target, parts);
  const missing = TASKS.length - entry.tasks.length;
  if (missing > 0 && !parts.signal.aborted)
    entry.remarks.push(
      `${missing} of ${TASKS.length} tasks found no answer of ${entry.model} at ${target.label}: they are in no score.`,
    );
}

/** A key goes to the server that it is of and to no other. */
const keyFor = (url: string, target: Target | undefined): string | undefined =>
  target && new URL(url).origin === new URL(target.url).origin ? target.key : undefined;

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
