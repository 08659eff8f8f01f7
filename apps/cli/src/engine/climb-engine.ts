import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { engineDoor } from './engine-door.js';

/** Has a model, an instance, or all climb a rung of the ladder although answers run: those come to their end first. */
export async function climbEngine(context: CommandContext, id: string | undefined): Promise<ExitCode> {
  const door = engineDoor(context);
  if (!(await door.status())) throw new CliError('No engine host runs: lorekeep engine start begins one.');
  const { status } = await door.post('/engine/climb', id === undefined ? {} : { instance: id });
  if (status !== 202)
    throw new CliError('There is no rung to climb: lorekeep engine status shows the rungs in force.');
  context.progress.step('It climbs; running answers come to their end first (lorekeep engine status)');
  return EXIT.OK;
}
