import { systemClock } from '@lorekeep/kit/clock';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { describeInstance, warningsOf } from './describe-instance.js';
import { engineDoor } from './engine-door.js';

/** Prints each instance; exit code 1 while one is not ready, or no host runs. */
export async function engineStatus(context: CommandContext, options: { json?: boolean }): Promise<ExitCode> {
  const status = await engineDoor(context).status();
  const instances = status?.instances ?? [];
  if (options.json) context.print(JSON.stringify(status ?? { instances: [], reasons: [], log: [] }));
  else if (!status) context.print('stopped');
  else if (instances.length === 0) context.print('the engine host runs, without a model');
  else for (const instance of instances) context.print(describeInstance(instance, systemClock.now()));
  if (status) for (const warning of warningsOf(status)) context.progress.say(warning);
  return instances.length > 0 && instances.every(({ state }) => state === 'ready') ? EXIT.OK : EXIT.FAILED;
}
