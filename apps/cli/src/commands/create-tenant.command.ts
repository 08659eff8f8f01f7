import { createTenant } from '@lorekeep/auth';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { withAuth } from '../database/with-database.js';

export function registerCreateTenant(program: Command, context: CommandContext): void {
  program
    .command('create-tenant')
    .description('create an organisation; create-admin then makes its first administrator')
    .argument('<slug>', 'short name that people type to sign in: lower-case letters, digits, dashes')
    .argument('<name>', 'name that is shown')
    .option('--json', 'a JSON object instead of the id')
    .action(async (slug: string, name: string, options: { json?: boolean }) => {
      const tenant = await withAuth(context, (_auth, database) =>
        createTenant(database.ownerUrl, { slug, name }),
      );
      context.print(options.json ? JSON.stringify(tenant) : tenant.id);
    });
}
