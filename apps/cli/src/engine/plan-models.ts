import {
  describePlan,
  GpuNotationError,
  isPlanRefusal,
  NoHardware,
  parseGpuNotation,
  planJson,
  planLaunch,
  readHardware,
  refusalJson,
  wishesOf,
  type Hardware,
} from '@lorekeep/engine';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { readWishes, type WishOptions } from './engine-wishes.js';
import { findModel, idsOf } from './find-models.js';
import { readEngineSettings, type EngineSettings } from './read-engine-settings.js';

export interface PlanOptions extends WishOptions {
  /** Default: the models that the engine host starts. */
  readonly model?: readonly string[];
  readonly gpus?: string;
  readonly p2p?: boolean;
  readonly json?: boolean;
}

/** Prints the plan. A refusal is told on stderr with its arithmetic, and as JSON on stdout where that was asked for. */
export async function planModels(context: CommandContext, options: PlanOptions): Promise<ExitCode> {
  const settings = readEngineSettings(context.environment);
  const wishes = { ...wishesOf(settings), ...readWishes(options) };
  const ids = idsOf(options.model) ?? settings.ENGINE_MODEL_IDS;
  if (ids.length === 0)
    throw new CliError('--model names what to plan for, e.g. --model gpt-oss-20b.', EXIT.USAGE);
  const models = await Promise.all(ids.map((id) => findModel(id, settings.ENGINE_CATALOGUE)));
  const hardware = await hardwareOf(context, options, settings);
  const plan = planLaunch(models, hardware, wishes);
  if (isPlanRefusal(plan)) {
    if (options.json) context.print(JSON.stringify(refusalJson(plan)));
    throw new CliError(plan.sentences.join(' '));
  }
  context.print(options.json ? JSON.stringify(planJson(plan)) : describePlan(plan));
  return EXIT.OK;
}

async function hardwareOf(
  context: CommandContext,
  options: PlanOptions,
  settings: EngineSettings,
): Promise<Hardware> {
  if (options.gpus !== undefined) return { gpus: givenCards(options.gpus), peerToPeer: options.p2p ?? false };
  if (settings.ENGINE_GPUS !== '')
    return { gpus: parseGpuNotation(settings.ENGINE_GPUS), peerToPeer: options.p2p ?? settings.ENGINE_P2P };
  const found = await readHardware({ signal: context.signal });
  if (found instanceof NoHardware)
    throw new CliError(`${found.sentences.join(' ')} --gpus 2x24564MiB plans for cards that are elsewhere.`);
  for (const note of found.notes) context.progress.say(note);
  return { gpus: found.gpus, peerToPeer: options.p2p ?? found.peerToPeer };
}

function givenCards(text: string): Hardware['gpus'] {
  try {
    return parseGpuNotation(text);
  } catch (error) {
    if (error instanceof GpuNotationError) throw new CliError(error.message, EXIT.USAGE, { cause: error });
    throw error;
  }
}
