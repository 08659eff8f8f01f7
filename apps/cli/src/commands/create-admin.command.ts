import { systemContext, type Role } from '@lorekeep/kit/context';
import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { withDomains } from '../database/with-domains.js';

interface Options {
  tenant: string;
  name?: string;
  json?: boolean;
}

export function registerCreateAdmin(program: Command, context: CommandContext): void {
  program
    .command('create-admin')
    .description(
      'create an administrator; prints the initial password, which must be changed at the first sign-in',
    )
    .argument('<email>', 'e-mail address')
    .option('--tenant <slug>', 'organisation', 'main')
    .option('--name <name>', 'name that is shown; without it the e-mail address')
    .option('--json', 'a JSON object instead of the password')
    .action((email: string, options: Options) => createAdmin(context, email, options));
}

async function createAdmin(context: CommandContext, email: string, options: Options): Promise<void> {
  const { user, initialPassword } = await withDomains(context, async ({ auth, act }) => {
    const tenantId = await auth.tenants.idOf(options.tenant);
    if (!tenantId) {
      throw new CliError(
        `There is no organisation ${options.tenant}: create it with lorekeep create-tenant.`,
      );
    }
    const ctx = systemContext(tenantId);
    const roles: Role[] = ['employee', 'admin'];
    return act(ctx, 'admin.user.create', { email, roles }, () =>
      auth.users.create(ctx, { email, displayName: options.name ?? email, roles }),
    );
  });
  const password = initialPassword ?? '';
  context.print(options.json ? JSON.stringify({ id: user.id, email: user.email, password }) : password);
}
