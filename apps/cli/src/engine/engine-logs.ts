import type { HostLogEntry } from '@lorekeep/engine';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { plainText } from '../terminal/plain-text.js';
import { engineDoor } from './engine-door.js';

/** `14:05:12 gpt-oss-20b Worker_TP0: memory: weights 6.65 GiB` */
export async function engineLogs(context: CommandContext, options: { follow?: boolean }): Promise<ExitCode> {
  const door = engineDoor(context);
  if (!(await door.status())) throw new CliError('No engine host runs: lorekeep engine start begins one.');
  await door.logs(
    options.follow ?? false,
    (line) => context.print(plainText(describe(line))),
    context.signal,
  );
  return EXIT.OK;
}

function describe(line: string): string {
  const { at, instance, process, text } = JSON.parse(line) as HostLogEntry;
  return `${new Date(at).toISOString().slice(11, 19)} ${instance} ${process}: ${text}`;
}
