import { readSettings, type Settings } from './cli.config.js';
import { Progress } from './terminal/progress.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every command gets: its surroundings, read once. */
export interface CommandContext {
  readonly environment: Environment;
  readonly progress: Progress;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  settings(): Settings;
  /** One line of data on stdout. */
  print(line: string): void;
}

export function commandContext(environment: Environment, signal: AbortSignal): CommandContext {
  let settings: Settings | undefined;
  return {
    environment,
    signal,
    progress: new Progress(),
    settings: () => (settings ??= readSettings(environment)),
    print: (line) => process.stdout.write(`${line}\n`),
  };
}
