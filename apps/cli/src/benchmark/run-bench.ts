import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { systemClock } from '@lorekeep/kit/clock';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { plainText } from '../terminal/plain-text.js';
import { benchModel, type Around } from './bench-model.js';
import { readBenchOptions, type BenchOptions, type BenchSettings } from './bench-options.js';
import type { BenchReport, ModelReport } from './bench-report.js';
import { answersQuestions } from './answers-questions.js';
import { modelsOf } from './check-target.js';
import { describeReport } from './describe-report.js';
import { HttpClient } from './http-client.js';
import { notesOf } from './notes-of.js';
import { proposeRoutes } from './routes/propose-routes.js';
import type { Target } from './target.js';
import { assertWritable, writeReports } from './write-reports.js';

/** Measures, prints the table, writes the files. What an interrupt left is printed and written too. */
export async function runBench(context: CommandContext, options: BenchOptions): Promise<ExitCode> {
  const settings = readBenchOptions(options, context.environment);
  await assertWritable(options);
  // Every request that runs listens to it.
  setMaxListeners(0, context.signal);
  const client = new HttpClient();
  const around = { context, settings, client };
  try {
    const offered = await offeredModels(settings, client, context.signal);
    const report = emptyReport(settings);
    for (const model of await answering(chosenModels(settings, offered), settings, offered, around)) {
      if (context.signal.aborted) break;
      const targets = settings.targets.filter((target) => offered.get(target)?.includes(model));
      await benchModel(report, model, targets, around).catch((error: unknown) => {
        // What the others have shown must not be lost with one.
        report.notes.push(
          `${model} was not measured to the end: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    }
    report.interrupted = context.signal.aborted;
    report.routes = proposeRoutes(report);
    report.notes.push(...notesOf(report));
    await tell(report, options, context);
    if (report.interrupted) return EXIT.INTERRUPTED;
    return report.models.some(succeeded) ? EXIT.OK : EXIT.FAILED;
  } finally {
    client.close();
  }
}

/** The files first: who reads the table may have gone (`| head`, a closed terminal), which ends the process. */
async function tell(report: BenchReport, options: BenchOptions, context: CommandContext): Promise<void> {
  const isEmpty = report.models.every(({ levels }) => levels.length === 0);
  try {
    if (isEmpty) context.progress.say('Nothing was measured: no report was written.');
    else
      for (const file of await writeReports(report, options))
        context.progress.say(`Report: ${plainText(file)}`);
  } finally {
    if (!isEmpty) for (const line of describeReport(report)) context.print(plainText(line));
  }
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
    routes: null,
    notes: [],
    interrupted: false,
  };
}

const succeeded = ({ levels }: ModelReport): boolean => levels.some(({ figures }) => figures.successful > 0);
