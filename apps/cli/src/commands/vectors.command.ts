import { loadConfig } from '@lorekeep/kit/config';
import { systemClock } from '@lorekeep/kit/clock';
import { systemContext } from '@lorekeep/kit/context';
import type { SetStatus, VectorStatus } from '@lorekeep/retrieval';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { chooseTenants } from '../database/choose-tenants.js';
import { connectApplication } from '../database/connect-application.js';
import { withDatabase } from '../database/with-domains.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

interface Options {
  tenant?: string;
  json?: boolean;
}

type Shown = { tenant: string; tenantId: string } & VectorStatus;

export function registerVectors(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  const vectors = program.command('vectors').description('search by vectors: how far it is, and pgvector');
  vectors
    .command('status')
    .description('how many passages have vectors, how long the others will take, and how they are searched')
    .option('--tenant <slug>', 'only this organisation, by its short name or its id')
    .option('--json', 'one JSON object per organisation')
    .action(async (options: Options) => {
      const results = await withDatabase(context, ({ appUrl }) => showAll(context, appUrl, options));
      for (const result of results)
        for (const line of options.json ? [JSON.stringify(result)] : describe(result)) context.print(line);
      exit(EXIT.OK);
    });
  vectors
    .command('enable')
    .description('enable pgvector in the database (MIGRATIONS_DATABASE_URL), where the server has it')
    .option('--json', 'a JSON object instead of a sentence')
    .action(async ({ json }: { json?: boolean }) => {
      const { enableVectors } = await import('@lorekeep/retrieval');
      const enabled = await withDatabase(context, ({ ownerUrl }) => enableVectors(ownerUrl));
      const { version, changed, problem } = enabled;
      const done = `pgvector ${version} ${changed ? 'is enabled now' : 'was enabled already'}.`;
      context.print(json ? JSON.stringify(enabled) : (problem ?? done));
      exit(problem === null ? EXIT.OK : EXIT.FAILED);
    });
}

async function showAll(context: CommandContext, url: string, options: Options): Promise<Shown[]> {
  const { readVectorSettings, ShowVectors, vectorConfigSchema } = await import('@lorekeep/retrieval');
  const settings = readVectorSettings(loadConfig(vectorConfigSchema, context.environment));
  const application = await connectApplication(url);
  try {
    const show = new ShowVectors(application, settings, systemClock);
    const results: Shown[] = [];
    for (const { id, slug } of await chooseTenants(application, options.tenant)) {
      const ctx = systemContext(id, { signal: context.signal });
      results.push({ tenant: slug, tenantId: id, ...(await show.run(ctx)) });
    }
    return results;
  } finally {
    await application.close();
  }
}

const describe = ({ tenant, summary, sets }: Shown): string[] => [
  `${tenant}: ${summary}`,
  ...sets.map((set) => `${tenant}: ${describeSet(set)}`),
];

function describeSet({ model, state, done, total, remainingSeconds, skipped, ...set }: SetStatus): string {
  const left = remainingSeconds === null ? '' : `, about ${Math.ceil(remainingSeconds / 60)} min left`;
  const without = skipped > 0 ? `, ${skipped} that the model would not take` : '';
  const failure = set.failure === null ? '' : `; failing: ${set.failure}`;
  return `${model} (${state}): ${done} of ${total} passages${left}${without}${failure}`;
}
