import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import type { FetchCommandOptions } from '../engine/fetch-model.js';
import { flagOf, WISH_FLAGS } from '../engine/engine-wishes.js';
import type { PlanOptions } from '../engine/plan-models.js';
import type { StartEngineOptions } from '../engine/start-engine.js';
import type { VerifyCommandOptions } from '../engine/verify-model.js';
import type { ExitCode } from '../exit-codes.js';

export function registerEngine(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  const engine = program.command('engine').description('the models on the GPUs of this machine');
  registerPlan(engine, context, exit);
  registerWeights(engine, context, exit);
  registerHost(engine, context, exit);
  registerClimb(engine, context, exit);
}

function registerPlan(engine: Command, context: CommandContext, exit: (code: ExitCode) => void): void {
  const plan = engine
    .command('plan')
    .description(
      'how vLLM would be started: whether the models fit, the memory of each card, the reasons and the exact command; touches neither a GPU nor a database, and without --gpus (or ENGINE_GPUS) asks nvidia-smi what is there; settings of the engine host (ENGINE_…) count where no option is given',
    )
    .option(
      '--model <id...>',
      'model of the catalogue; several (a b, or a,b) share the cards; default: those that the engine host starts (ENGINE_MODEL_IDS)',
    )
    .option(
      '--gpus <cards>',
      'cards to plan for, e.g. 2x24564MiB, 80GiB@9.0 (compute capability) or 24GiB,24GiB',
    )
    .option(
      '--p2p',
      'the cards reach each other directly; without it they are taken not to, unless nvidia-smi shows it',
    )
    .option('--no-p2p', 'they do not, whatever nvidia-smi shows');
  addWishes(plan)
    .option('--json', 'a JSON object in place of the text')
    .action(async (options: PlanOptions) => {
      const { planModels } = await import('../engine/plan-models.js');
      exit(await planModels(context, options));
    });
}

function registerWeights(engine: Command, context: CommandContext, exit: (code: ExitCode) => void): void {
  engine
    .command('fetch')
    .description(
      'brings the weights of a model into its folder (ENGINE_MODELS), compared with their SHA-256 sums; what is there and right stays, and what was interrupted goes on',
    )
    .argument('<model>', 'id of the catalogue')
    .requiredOption(
      '--from <place>',
      'a folder, an http(s) address of a mirror, or hub (ENGINE_HUB_URL; ENGINE_HUB_TOKEN where it has terms)',
    )
    .option('--json', 'the outcome as a JSON object')
    .action(async (model: string, options: FetchCommandOptions) => {
      const { fetchModel } = await import('../engine/fetch-model.js');
      exit(await fetchModel(context, model, options));
    });
  engine
    .command('verify')
    .description(
      'compares the weights of a model with their SHA-256 sums; files that have not been touched since they were found right are not read again; exit code 1 names what is wrong',
    )
    .argument('<model>', 'id of the catalogue')
    .option('--thorough', 'read every file again')
    .option('--record', 'write SHA256SUMS of what lies there now, for weights whose sums nobody published')
    .option('--json', 'the outcome as a JSON object')
    .action(async (model: string, options: VerifyCommandOptions) => {
      const { verifyModel } = await import('../engine/verify-model.js');
      exit(await verifyModel(context, model, options));
    });
}

function registerHost(engine: Command, context: CommandContext, exit: (code: ExitCode) => void): void {
  const start = engine
    .command('start')
    .description(
      'starts the engine host of this machine (ENGINE_…) and shows how far its models are; ends with Ctrl-C, running answers first. Beside a host that runs already, makes --model the models of it, as the catalogue and their folders are now: what changed is replaced, beside the old one where both fit. With an id, begins that model again',
    )
    .argument('[id]', 'a model or an instance of the running host that was stopped, waits or gave up')
    .option('--model <id...>', 'model of the catalogue; without it ENGINE_MODEL_IDS');
  addWishes(start)
    .option('--detach', 'goes on in the background once the models are ready')
    .action(async (id: string | undefined, options: StartEngineOptions) => {
      const { startEngine, startModel } = await import('../engine/start-engine.js');
      exit(await (id === undefined ? startEngine(context, options) : startModel(context, id)));
    });
  engine
    .command('status')
    .description(
      'state, progress, rung, restarts and memory of each model; exit code 1 while one is not ready',
    )
    .option('--json', 'everything that the host knows, as a JSON object')
    .action(async (options: { json?: boolean }) => {
      const { engineStatus } = await import('../engine/engine-status.js');
      exit(await engineStatus(context, options));
    });
  engine
    .command('stop')
    .description('ends the engine host; running answers come to their end first (ENGINE_DRAIN_SECONDS)')
    .argument('[id]', 'ends this model, or this instance, alone')
    .action(async (id: string | undefined) => {
      const { stopEngine, stopModel } = await import('../engine/stop-engine.js');
      exit(await (id === undefined ? stopEngine(context) : stopModel(context, id)));
    });
  engine
    .command('logs')
    .description('what vLLM and its supervisor said; never what was asked or answered')
    .option('--follow', 'goes on with what comes, until Ctrl-C')
    .action(async (options: { follow?: boolean }) => {
      const { engineLogs } = await import('../engine/engine-logs.js');
      exit(await engineLogs(context, options));
    });
}

function registerClimb(engine: Command, context: CommandContext, exit: (code: ExitCode) => void): void {
  engine
    .command('climb')
    .description(
      'one rung of the ladder up without waiting for quiet: beside the running one where both fit, else running answers come to their end first and others are answered elsewhere meanwhile',
    )
    .argument('[id]', 'a model or an instance; default: all')
    .action(async (id: string | undefined) => {
      const { climbEngine } = await import('../engine/climb-engine.js');
      exit(await climbEngine(context, id));
    });
}

function addWishes(command: Command): Command {
  for (const flag of WISH_FLAGS) command.option(flagOf(flag), `${flag.description} (${flag.setting})`);
  return command;
}
