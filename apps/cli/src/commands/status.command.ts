import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { isRunning, readInstance } from '../instance/claim-instance.js';
import { isReady } from '../services/await-ready.js';

/** For scripts: is Lorekeep up, and where. Exit code 1 when it is not ready. */
export function registerStatus(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  program
    .command('status')
    .description('whether Lorekeep runs in this data folder, and where; exit code 1 when it is not ready')
    .option('--json', 'a JSON object instead of a sentence')
    .action(async (options: { json?: boolean }) => {
      const { dataDir } = context.settings();
      const recorded = readInstance(dataDir);
      const instance = recorded && isRunning(recorded) ? recorded : undefined;
      const ready = instance !== undefined && instance.ready && (await isReady(instance.url));
      const state = instance ? (ready ? 'ready' : 'starting') : 'stopped';
      if (options.json) {
        context.print(
          JSON.stringify({ state, url: instance?.url ?? null, pid: instance?.pid ?? null, dataDir }),
        );
      } else {
        context.print(instance ? `${state} at ${instance.url} (process ${instance.pid})` : state);
      }
      exit(ready ? EXIT.OK : EXIT.FAILED);
    });
}
