import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import type { ExitCode } from '../exit-codes.js';
import { registerAsk } from './ask.command.js';
import { registerCreateAdmin } from './create-admin.command.js';
import { registerCreateTenant } from './create-tenant.command.js';
import { registerIngest } from './ingest.command.js';
import { registerMigrate } from './migrate.command.js';
import { registerResetPasswords } from './reset-passwords.command.js';
import { registerStart } from './start.command.js';
import { registerStatus } from './status.command.js';
import { registerVerifyAudit } from './verify-audit.command.js';

/** `exit` sets the exit code of a command that ended without an error. */
export function registerCommands(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  registerStart(program, context);
  registerAsk(program, context, exit);
  registerStatus(program, context, exit);
  registerMigrate(program, context);
  registerCreateTenant(program, context);
  registerCreateAdmin(program, context);
  registerResetPasswords(program, context);
  registerIngest(program, context, exit);
  registerVerifyAudit(program, context, exit);
}
