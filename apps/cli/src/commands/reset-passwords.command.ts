import { systemContext } from '@lorekeep/kit/context';
import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import type { Domains } from '../database/connect-domains.js';
import { withDomains } from '../database/with-domains.js';
import { mustChange } from '../seed/describe-accounts.js';
import { SAMPLE_ACCOUNTS, SAMPLE_TENANT } from '../seed/sample-accounts.js';
import type { NewAccount } from '../seed/seed.js';

interface Options {
  tenant: string;
  json?: boolean;
}

export function registerResetPasswords(program: Command, context: CommandContext): void {
  program
    .command('reset-passwords')
    .description(
      'give new passwords to the administrator and the sample accounts, or to those named; ends their sessions',
    )
    .argument('[emails...]', 'e-mail addresses; without: all sample accounts')
    .option('--tenant <slug>', 'organisation', SAMPLE_TENANT.slug)
    .option('--json', 'a JSON array instead of a table')
    .action((emails: string[], options: Options) => resetPasswords(context, emails, options));
}

async function resetPasswords(context: CommandContext, emails: string[], options: Options): Promise<void> {
  const accounts = await withDomains(context, async (domains) => {
    const tenantId = await domains.auth.tenants.idOf(options.tenant);
    if (!tenantId) throw new CliError(`There is no organisation ${options.tenant}.`);
    const wanted = emails.length > 0 ? emails : SAMPLE_ACCOUNTS.map(({ email }) => email);
    return reset(domains, tenantId, wanted, emails.length > 0);
  });
  if (options.json) context.print(JSON.stringify(accounts));
  else for (const { email, password } of accounts) context.print(`${email}\t${password}`);
  mustChange(accounts).forEach((line) => context.progress.say(line));
}

/** All of them, or none when one of those named does not exist. Sample accounts that were removed are passed over. */
async function reset(
  { auth, act }: Domains,
  tenantId: string,
  emails: string[],
  strict: boolean,
): Promise<NewAccount[]> {
  const ctx = systemContext(tenantId);
  const found = await Promise.all(emails.map((email) => auth.users.findByEmail(ctx, email)));
  const missing = emails.filter((_email, index) => !found[index]);
  if (strict && missing.length > 0) throw new CliError(`There is no account ${missing.join(', ')}.`);
  const users = found.filter((user) => user !== null);
  if (users.length === 0)
    throw new CliError('There are no sample accounts here: name the accounts to reset.');
  const accounts: NewAccount[] = [];
  for (const user of users) {
    // Sample passwords are for looking around; an administrator's and a person's own must be changed, as at the start.
    const done = await act(ctx, 'admin.user.password', { userId: user.id }, () =>
      auth.users.resetPassword(ctx, user.id, { mustChangePassword: strict || user.roles.includes('admin') }),
    );
    accounts.push({
      email: user.email,
      displayName: user.displayName,
      password: done?.initialPassword ?? '',
      mustChangePassword: done?.user.mustChangePassword ?? false,
    });
  }
  return accounts;
}
