import { availableParallelism } from 'node:os';
import { systemClock } from '@lorekeep/kit/clock';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { plainText } from '../terminal/plain-text.js';
import { readBenchOptions, type BenchOptions, type BenchSettings } from './bench-options.js';
import type { BenchReport, ModelReport } from './bench-report.js';
import { PromptBuilder } from './build-prompts.js';
import { answersQuestions } from './answers-questions.js';
import { modelsOf } from './check-target.js';
import { tokenCounter } from './count-tokens.js';
import { describeReport } from './describe-report.js';
import { engineFacts } from './engine-facts.js';
import { HttpClient } from './http-client.js';
import { LoadWatch } from './load-watch.js';
import { measureModel, type ModelParts } from './measure-model.js';
import { sweepModel } from './sweep-model.js';
import type { Target } from './target.js';
import { notesOf } from './notes-of.js';
import { scoreTasks, TASKS } from './tasks/score-tasks.js';
import { assertWritable, writeReports } from './write-reports.js';

/** Measures, prints the table, writes the files. What an interrupt left is printed and written too. */
export async function runBench(context: CommandContext, options: BenchOptions): Promise<ExitCode> {
  const settings = readBenchOptions(options, context.environment);
  await assertWritable(options);
  const client = new HttpClient();
  const around = { context, settings, client };
  try {
    const offered = await offeredModels(settings, client, context.signal);
    const report = emptyReport(settings);
    for (const model of await answering(chosenModels(settings, offered), settings, offered, around)) {
      if (context.signal.aborted) break;
      const targets = settings.targets.filter((target) => offered.get(target)?.includes(model));
      await benchModel(report, model, targets, around);
    }
    report.interrupted = context.signal.aborted;
    report.notes = notesOf(report);
    for (const line of describeReport(report)) context.print(plainText(line));
    await writeReports(report, options);
    if (report.interrupted) return EXIT.INTERRUPTED;
    return report.models.some(succeeded) ? EXIT.OK : EXIT.FAILED;
  } finally {
    client.close();
  }
}

interface Around {
  readonly context: CommandContext;
  readonly settings: BenchSettings;
  readonly client: HttpClient;
}

/** Without those that were not named and answer no questions: what makes vectors or listens. */
async function answering(
  models: readonly string[],
  settings: BenchSettings,
  offered: Offered,
  { context, client }: Around,
): Promise<readonly string[]> {
  if (settings.models.length > 0) return models;
  const found: string[] = [];
  for (const model of models) {
    const door = settings.targets.find((target) => offered.get(target)?.includes(model));
    if (!door || (await answersQuestions(door, model, client, context.signal))) found.push(model);
    else
      context.progress.step(
        plainText(`${model}: left out, it answers no questions (--model tries it all the same)`),
      );
  }
  if (found.length > 0) return found;
  throw new CliError(`None of ${models.join(', ')} answers questions; --model tries one all the same.`);
}

async function benchModel(
  report: BenchReport,
  model: string,
  targets: readonly Target[],
  around: Around,
): Promise<void> {
  const { context, settings, client } = around;
  const direct = targets.find(({ kind }) => kind === 'direct');
  const count = direct && (await tokenCounter(direct, model, client, settings.endpoint));
  const metricsUrl = settings.metricsUrl ?? (direct && `${direct.url}/metrics`);
  const metrics = metricsUrl === undefined ? undefined : { url: metricsUrl, key: keyFor(metricsUrl, direct) };
  const watch = new LoadWatch(client, metrics, context.signal);
  const [facts, cardsAtRest] = [await engineFacts(context, model), await watch.cardsUsed()];
  const entry: ModelReport = {
    model,
    promptTokens: count ? 'counted' : 'estimated',
    levels: [],
    shares: [],
    memoryAtRest: facts.memory ?? cardsAtRest,
    cardsAtRest,
    coldStartSeconds: facts.coldStartSeconds,
    ownEnds: [],
    sweep: null,
    tasks: [],
  };
  report.models.push(entry);
  let stream = 0;
  const parts: ModelParts = {
    client,
    settings,
    watch,
    now: () => systemClock.monotonic(),
    shape: settings,
    timeoutMs: settings.timeoutMs,
    signal: context.signal,
    prompts: new PromptBuilder(settings.seed, settings.inputTokens, count),
    nextStream: () => stream++,
    ownEnds: new Set(),
    processorMs,
    say: (line) => context.progress.step(plainText(line)),
  };
  await measureModel(entry, targets, parts);
  // What decides between models is the model's own: asked directly where that is possible.
  const own = direct ?? targets[0];
  if (own && settings.sweepMax !== undefined && !context.signal.aborted)
    entry.sweep = await sweepModel(model, own, settings.sweepMax, parts);
  entry.ownEnds = [...parts.ownEnds].map(({ label }) => label);
  if (own && settings.tasks && !context.signal.aborted) {
    parts.say(`${model}: ${own.label}, ${TASKS.length} tasks`);
    entry.tasks = await scoreTasks(model, own, parts);
  }
}

/** A key goes to the server that it is of and to no other. */
const keyFor = (url: string, target: Target | undefined): string | undefined =>
  target && new URL(url).origin === new URL(target.url).origin ? target.key : undefined;

type Offered = ReadonlyMap<Target, readonly string[]>;

async function offeredModels(
  settings: BenchSettings,
  client: HttpClient,
  signal: AbortSignal,
): Promise<Map<Target, readonly string[]>> {
  const offered = new Map<Target, readonly string[]>();
  for (const target of settings.targets) offered.set(target, await modelsOf(target, client, signal));
  return offered;
}

/** Those that were named, each of which some door of each kind must have; else all of the model servers, or of the gateways. */
function chosenModels(settings: BenchSettings, offered: Offered): readonly string[] {
  const [first] = settings.targets;
  const all = settings.targets
    .filter(({ kind }) => kind === first?.kind)
    .flatMap((target) => offered.get(target) ?? []);
  const models = settings.models.length > 0 ? settings.models : [...new Set(all)];
  for (const model of models)
    for (const kind of new Set(settings.targets.map((target) => target.kind))) {
      const doors = [...offered].filter(([target]) => target.kind === kind);
      if (doors.some(([, ids]) => ids.includes(model))) continue;
      const where = doors.map(
        ([target, ids]) => `${target.label} (${target.url}) has ${ids.join(', ') || 'none'}`,
      );
      throw new CliError(`There is no model ${model}: ${where.join('; ')}.`);
    }
  if (models.length === 0) throw new CliError(`${first?.label} (${first?.url}) offers no model.`);
  return models;
}

function emptyReport(settings: BenchSettings): BenchReport {
  const { targets, levels: _levels, ...rest } = settings;
  return {
    version: 1,
    startedAt: new Date(systemClock.now()).toISOString(),
    // Keys stay out of files.
    settings: { ...rest, targets: targets.map(({ label, url, kind }) => ({ label, url, kind })) },
    client: { node: process.version, processors: availableParallelism() },
    models: [],
    notes: [],
    interrupted: false,
  };
}

const succeeded = ({ levels }: ModelReport): boolean => levels.some(({ figures }) => figures.successful > 0);

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
