import { entities, loadPublicKey, verifyChain, type Verification } from '@lorekeep/audit';
import { systemContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
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
  const directory = auditFolder(context.settings());
  const application = await connectApplication(database.appUrl, entities);
  try {
    const publicKey = await loadPublicKey(directory);
    const all = await listTenants(application);
    const tenants = all.filter(
      ({ id, slug }) => options.tenant === undefined || [id, slug].includes(options.tenant),
    );
    if (options.tenant !== undefined && tenants.length === 0) {
      throw new CliError(`There is no organisation ${options.tenant}.`);
    }
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

async function listTenants(application: Database): Promise<{ id: string; slug: string }[]> {
  const rows = await application.withoutTenant<{ id: string }>('select id from tenant_ids() as id');
  return Promise.all(
    rows.map(async ({ id }) => {
      // Each is visible to itself only.
      const sql = 'select slug from tenant where id = app_tenant()';
      const [row] = await application.once<{ slug: string }>(systemContext(id), sql);
      return { id, slug: row?.slug ?? id };
    }),
  );
}

function describe({ tenant, records, firstBad, incomplete, unsigned }: Checked): string {
  if (firstBad)
    return `${tenant}: record ${firstBad.sequence} is bad (${firstBad.reason}); ${records} before it are good`;
  return `${tenant}: ${records} records are good, ${unsigned} of them not signed yet, ${incomplete} questions without an end`;
}
