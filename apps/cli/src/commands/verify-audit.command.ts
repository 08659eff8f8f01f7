import type { Verification } from '@lorekeep/audit';
import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { chooseTenants } from '../database/choose-tenants.js';
import { connectApplication } from '../database/connect-application.js';
import type { OpenDatabase } from '../database/open-database.js';
import { auditFolder, withDatabase } from '../database/with-domains.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

interface Options {
  tenant?: string;
  json?: boolean;
}

/** `tenant` is the short name. */
type Checked = { tenant: string; tenantId: string } & Verification;

export function registerVerifyAudit(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  program
    .command('verify-audit')
    .description(
      'recompute the audit chains and compare them with the signed heads; names the first bad record',
    )
    .option('--tenant <slug>', 'only this organisation, by its short name or its id')
    .option('--json', 'one JSON object per organisation')
    .action(async (options: Options) => {
      const results = await withDatabase(context, (database) => verifyAll(context, database, options));
      for (const result of results) context.print(options.json ? JSON.stringify(result) : describe(result));
      exit(results.every(({ ok }) => ok) ? EXIT.OK : EXIT.TAMPERED);
    });
}

async function verifyAll(
  context: CommandContext,
  database: OpenDatabase,
  options: Options,
): Promise<Checked[]> {
  const { loadPublicKey, verifyChain } = await import('@lorekeep/audit');
  const directory = auditFolder(context.settings());
  const application = await connectApplication(database.appUrl);
  try {
    const publicKey = await loadPublicKey(directory);
    const tenants = await chooseTenants(application, options.tenant);
    const results: Checked[] = [];
    for (const { id, slug } of tenants) {
      const verification = await verifyChain(id, application, directory, publicKey);
      results.push({ tenant: slug, tenantId: id, ...verification });
    }
    return results;
  } catch (cause) {
    if ((cause as { code?: string }).code === '42883') {
      throw new CliError('The database is empty: there is no audit yet.', EXIT.FAILED, { cause });
    }
    throw cause;
  } finally {
    await application.close();
  }
}

function describe({ tenant, records, firstBad, incomplete, unsigned }: Checked): string {
  if (firstBad)
    return `${tenant}: record ${firstBad.sequence} is bad (${firstBad.reason}); ${records} before it are good`;
  return `${tenant}: ${records} records are good, ${unsigned} of them not signed yet, ${incomplete} questions without an end`;
}
