import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import { isRunning, readInstance } from '../instance/claim-instance.js';
import { describeModelServers } from '../services/describe-model-server.js';
import type { RunningInstance } from '../services/run-instance.js';

const ASK_POLL_MS = 200;

export function registerStart(program: Command, context: CommandContext): void {
  program
    .command('start')
    .description('start Lorekeep: database, gateway, worker; Ctrl-C stops it')
    .action(() => start(context));
}

async function start(context: CommandContext): Promise<void> {
  const models = describeModelServers(context.environment);
  const running = await begin(context);
  const warnings = await models;
  context.print(`Lorekeep is ready at ${running.url}`);
  // Last, where it is read: it is as it should be but for these.
  for (const warning of warnings) context.progress.say(warning);
  const why = await Promise.race([running.failed, interrupted(context.signal)]);
  context.progress.step(
    why ? 'Stopping' : 'Stopping: answers under way may finish first (Ctrl-C again ends at once)',
  );
  await running.stop();
  if (why) throw new CliError(why);
  context.progress.step('Stopped');
}

async function begin(context: CommandContext): Promise<RunningInstance> {
  const { AlreadyRunning, runInstance } = await import('../services/run-instance.js');
  for (;;) {
    try {
      return await runInstance({
        ...context,
        command: 'start',
        settings: context.settings(),
        show: context.print,
      });
    } catch (cause) {
      if (!(cause instanceof AlreadyRunning)) throw cause;
      if (cause.instance.command === 'start') throw new CliError(cause.message, EXIT.FAILED, { cause });
      context.progress.step('`ask` is using the database: waiting until it has its answer');
      await untilGone(context);
    }
  }
}

async function untilGone(context: CommandContext): Promise<void> {
  for (;;) {
    const instance = readInstance(context.settings().dataDir);
    if (!instance || !isRunning(instance)) return;
    await delay(ASK_POLL_MS, undefined, { signal: context.signal });
  }
}

function interrupted(signal: AbortSignal): Promise<undefined> {
  return new Promise((done) => {
    if (signal.aborted) done(undefined);
    signal.addEventListener('abort', () => done(undefined), { once: true });
  });
}
