import { systemContext } from '@lorekeep/kit/context';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { limitNewTenant } from '../database/limit-new-tenant.js';
import { withDomains } from '../database/with-domains.js';

export function registerCreateTenant(program: Command, context: CommandContext): void {
  program
    .command('create-tenant')
    .description('create an organisation; create-admin then makes its first administrator')
    .argument('<slug>', 'short name that people type to sign in: lower-case letters, digits, dashes')
    .argument('<name>', 'name that is shown')
    .option('--json', 'a JSON object instead of the id')
    .action(async (slug: string, name: string, options: { json?: boolean }) => {
      const { createTenant } = await import('@lorekeep/auth');
      const tenant = await withDomains(context, async (domains) => {
        const { act, database } = domains;
        const created = await createTenant(database.ownerUrl, { slug, name });
        // Its own audit begins with it.
        await act(systemContext(created.id), 'admin.tenant.create', { slug, name }, () => Promise.resolve());
        await limitNewTenant(domains, context.environment, created.id);
        return created;
      });
      context.print(options.json ? JSON.stringify(tenant) : tenant.id);
      context.progress.say(`Next, its first administrator: create-admin <email> --tenant ${slug}`);
    });
}
