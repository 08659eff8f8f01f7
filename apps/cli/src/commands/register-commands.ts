import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import type { ExitCode } from '../exit-codes.js';

/** `exit` sets the exit code of a command that ended without an error. */
type Register = (program: Command, context: CommandContext, exit: (code: ExitCode) => void) => void;

/** In the order of --help. Loading them all takes half a second, so only the one that was asked for is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  start: async () => (await import('./start.command.js')).registerStart,
  ask: async () => (await import('./ask.command.js')).registerAsk,
  status: async () => (await import('./status.command.js')).registerStatus,
  ingest: async () => (await import('./ingest.command.js')).registerIngest,
  sources: async () => (await import('./sources.command.js')).registerSources,
  migrate: async () => (await import('./migrate.command.js')).registerMigrate,
  'create-tenant': async () => (await import('./create-tenant.command.js')).registerCreateTenant,
  'create-admin': async () => (await import('./create-admin.command.js')).registerCreateAdmin,
  'reset-passwords': async () => (await import('./reset-passwords.command.js')).registerResetPasswords,
  'verify-index': async () => (await import('./verify-index.command.js')).registerVerifyIndex,
  vectors: async () => (await import('./vectors.command.js')).registerVectors,
  'rebuild-index': async () => (await import('./rebuild-index.command.js')).registerRebuildIndex,
  engine: async () => (await import('./engine.command.js')).registerEngine,
  bench: async () => (await import('./bench.command.js')).registerBench,
  eval: async () => (await import('./eval.command.js')).registerEval,
  'verify-audit': async () => (await import('./verify-audit.command.js')).registerVerifyAudit,
};

/** Registers the command that `word` names, or all of them when it names none (help, a mistake). */
export async function registerCommands(
  program: Command,
  context: CommandContext,
  word: string | undefined,
  exit: (code: ExitCode) => void,
): Promise<void> {
  const wanted = word === undefined ? undefined : COMMANDS[word];
  for (const load of wanted ? [wanted] : Object.values(COMMANDS)) (await load())(program, context, exit);
}
