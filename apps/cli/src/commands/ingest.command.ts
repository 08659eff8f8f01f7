import { systemContext } from '@lorekeep/kit/context';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import type { Domains } from '../database/connect-domains.js';
import { withDomains } from '../database/with-domains.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { ensureCollection } from '../ingest/ensure-collection.js';
import { ingestFiles, type FileOutcome } from '../ingest/ingest-files.js';
import { listFiles } from '../ingest/list-files.js';
import { SAMPLE_TENANT } from '../seed/sample-accounts.js';
import { withWorker } from '../services/with-worker.js';

interface Options {
  collection: string;
  readers: string[];
  tenant: string;
  json?: boolean;
}

export function registerIngest(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  program
    .command('ingest')
    .description('read a file or a folder into a collection; exit code 1 when a file was refused')
    .argument('<path>', 'file or folder')
    .option('--collection <slug>', 'collection', 'everyone')
    .option('--readers <reader...>', 'who may read a collection that is new: everyone, group:<name>', [])
    .option('--tenant <slug>', 'organisation', SAMPLE_TENANT.slug)
    .option('--json', 'one JSON object per file instead of lines')
    .action(async (path: string, options: Options) => exit(await ingest(context, path, options)));
}

async function ingest(context: CommandContext, path: string, options: Options): Promise<ExitCode> {
  const files = listFiles(resolve(path));
  if (files.length === 0) throw new CliError(`${path} holds no files.`);
  const outcomes = await withDomains(context, (domains) =>
    withWorker(context, domains.database, () => ingestAll(context, domains, files, options)),
  );
  const count = (state: FileOutcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  const failed = count('refused') + count('quarantined');
  context.progress.say(`${count('ready')} read, ${count('duplicate')} there already, ${failed} refused.`);
  return failed === 0 ? EXIT.OK : EXIT.FAILED;
}

async function ingestAll(
  context: CommandContext,
  domains: Domains,
  files: ReturnType<typeof listFiles>,
  options: Options,
): Promise<FileOutcome[]> {
  const tenantId = await domains.auth.tenants.idOf(options.tenant);
  if (!tenantId) {
    throw new CliError(`There is no organisation ${options.tenant}: create it with lorekeep create-tenant.`);
  }
  const ctx = systemContext(tenantId, { signal: context.signal });
  const { documentVerbs } = await import('../ingest/document-verbs.js');
  const verbs = documentVerbs(domains, context.environment);
  const { collection: slug, readers } = options;
  const collectionId = await ensureCollection(ctx, domains, verbs, { slug, name: slug, readers });
  return ingestFiles(ctx, verbs, {
    files: files.map((file) => ({ ...file, collectionId })),
    onOutcome: (outcome, done) => {
      if (options.json) return context.print(JSON.stringify(outcome));
      const reason = outcome.reason ? `: ${outcome.reason}` : '';
      return context.print(`${done}/${files.length}\t${outcome.state}\t${outcome.name}${reason}`);
    },
  });
}
