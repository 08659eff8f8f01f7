import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { withDatabase } from '../database/with-domains.js';

export function registerMigrate(program: Command, context: CommandContext): void {
  program
    .command('migrate')
    .description('bring the database schema up to date (MIGRATIONS_DATABASE_URL, or the embedded database)')
    .option('--json', 'the migrations that ran, as a JSON array')
    .action(async (options: { json?: boolean }) => {
      const { prepareSchema } = await import('../database/prepare-schema.js');
      const ran = await withDatabase(context, prepareSchema);
      if (options.json) context.print(JSON.stringify(ran));
      else for (const name of ran) context.print(name);
      if (ran.length === 0) context.progress.say('The schema is up to date.');
    });
}
