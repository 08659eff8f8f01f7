import { systemContext } from '@lorekeep/kit/context';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { chooseTenants } from '../database/choose-tenants.js';
import { connectApplication } from '../database/connect-application.js';
import { withDatabase } from '../database/with-domains.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { remainingTime } from '../terminal/remaining-time.js';

interface Options {
  tenant?: string;
  all?: boolean;
  json?: boolean;
}

interface Rebuilt {
  readonly tenant: string;
  readonly tenantId: string;
  readonly documents: number;
  readonly passages: number;
  readonly seconds: number;
}

export function registerRebuildIndex(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  program
    .command('rebuild-index')
    .description(
      'index again what an older version indexed, or everything; documents stay searchable meanwhile',
    )
    .option('--tenant <slug>', 'only this organisation, by its short name or its id')
    .option('--all', 'everything anew; after an interruption, go on without this option')
    .option('--json', 'one JSON object per organisation')
    .action(async (options: Options) => {
      const results = await withDatabase(context, ({ appUrl }) => rebuildAll(context, appUrl, options));
      for (const result of results) context.print(options.json ? JSON.stringify(result) : describe(result));
      exit(EXIT.OK);
    });
}

async function rebuildAll(context: CommandContext, url: string, options: Options): Promise<Rebuilt[]> {
  const { rebuildTenant } = await import('@lorekeep/retrieval');
  const application = await connectApplication(url);
  try {
    const results: Rebuilt[] = [];
    for (const { id, slug } of await chooseTenants(application, options.tenant)) {
      const began = performance.now();
      const done = await rebuildTenant(application, systemContext(id, { signal: context.signal }), {
        all: options.all ?? false,
        progress: remainingTime(context.progress, slug),
      });
      const seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
      results.push({ tenant: slug, tenantId: id, ...done, seconds });
    }
    return results;
  } finally {
    await application.close();
  }
}

const describe = ({ tenant, documents, passages, seconds }: Rebuilt): string =>
  `${tenant}: ${documents} documents with ${passages} passages indexed again in ${seconds} s`;
