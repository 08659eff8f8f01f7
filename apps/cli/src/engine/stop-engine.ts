import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { engineDoor, unknownModel } from './engine-door.js';

const POLL_MS = 200;
/** The longest drain, and what processes get to end. */
const PATIENCE_MS = 3_700_000;

/** Ends one model, or one instance, and leaves the host running; `engine start` with its name begins it again. */
export async function stopModel(context: CommandContext, id: string): Promise<ExitCode> {
  const door = engineDoor(context);
  if (!(await door.status())) throw new CliError('No engine host runs: lorekeep engine start begins one.');
  context.progress.step(`Ending ${id}; running answers come to their end first`);
  const { status } = await door.post('/engine/drain', { instance: id }, PATIENCE_MS);
  if (status !== 200) throw new CliError(unknownModel(id), EXIT.USAGE);
  context.progress.step('Ended');
  return EXIT.OK;
}

/** Ends the host and waits until it has gone; nothing to do is no error. */
export async function stopEngine(context: CommandContext): Promise<ExitCode> {
  const door = engineDoor(context);
  if (!(await door.status())) {
    context.progress.say('No engine host runs.');
    return EXIT.OK;
  }
  await door.post('/engine/shutdown');
  context.progress.step('Ending the engine host; running answers come to their end first');
  const deadline = performance.now() + PATIENCE_MS;
  while ((await door.status()) !== undefined) {
    context.signal.throwIfAborted();
    if (performance.now() > deadline) throw new CliError('The engine host has not ended.');
    await delay(POLL_MS);
  }
  context.progress.step('Ended');
  return EXIT.OK;
}
