import { systemContext } from '@lorekeep/kit/context';
import type { IndexVerification } from '@lorekeep/retrieval';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { chooseTenants } from '../database/choose-tenants.js';
import { connectApplication } from '../database/connect-application.js';
import { withDatabase } from '../database/with-domains.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { remainingTime } from '../terminal/remaining-time.js';

interface Options {
  tenant?: string;
  json?: boolean;
}

/** `tenant` is the short name. */
type Checked = { tenant: string; tenantId: string; ok: boolean } & IndexVerification;

export function registerVerifyIndex(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  program
    .command('verify-index')
    .description('compare the search index with the passages; names everything that differs')
    .option('--tenant <slug>', 'only this organisation, by its short name or its id')
    .option('--json', 'one JSON object per organisation')
    .action(async (options: Options) => {
      const results = await withDatabase(context, ({ appUrl }) => verifyAll(context, appUrl, options));
      for (const result of results)
        for (const line of options.json ? [JSON.stringify(result)] : describe(result)) context.print(line);
      exit(results.every(({ ok }) => ok) ? EXIT.OK : EXIT.DAMAGED);
    });
}

async function verifyAll(context: CommandContext, url: string, options: Options): Promise<Checked[]> {
  const { VerifyIndex } = await import('@lorekeep/retrieval');
  const application = await connectApplication(url);
  try {
    const results: Checked[] = [];
    for (const { id, slug } of await chooseTenants(application, options.tenant)) {
      const ctx = systemContext(id, { signal: context.signal });
      const verification = await new VerifyIndex(application).run(ctx, remainingTime(context.progress, slug));
      results.push({ tenant: slug, tenantId: id, ok: verification.findingsTotal === 0, ...verification });
    }
    return results;
  } finally {
    await application.close();
  }
}

function describe({ tenant, ...checked }: Checked): string[] {
  const { documents, passages, segments, waiting, findings, findingsTotal } = checked;
  const more = findingsTotal - findings.length;
  return [
    `${tenant}: ${documents} documents with ${passages} passages in ${segments} segments, ` +
      `${waiting} of them wait to be indexed, ${findingsTotal} findings`,
    ...findings.map((finding) => `${tenant}: ${finding}`),
    ...(more > 0 ? [`${tenant}: and ${more} more`] : []),
    ...(findingsTotal > 0 ? [`${tenant}: rebuild-index --all --tenant ${tenant} makes the index anew`] : []),
  ];
}
