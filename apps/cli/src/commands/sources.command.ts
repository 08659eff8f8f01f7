import type { SourceRow } from '@lorekeep/contracts';
import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { SAMPLE_TENANT } from '../seed/sample-accounts.js';
import { withWorker } from '../services/with-worker.js';
import { describeRun, describeSource } from '../sources/describe-source.js';
import { withSources, type OpenSources } from '../sources/open-sources.js';
import { CREDENTIALS_HELP, readSource, type AddOptions } from '../sources/read-settings.js';

type Exit = (code: ExitCode) => void;
interface Options {
  tenant: string;
  json?: boolean;
}

const POLL_MS = 500;
const TENANT = ['--tenant <slug>', 'organisation', SAMPLE_TENANT.slug] as const;
const JSON_FLAG = ['--json', 'JSON instead of lines'] as const;

export function registerSources(program: Command, context: CommandContext, exit: Exit): void {
  const sources = program
    .command('sources')
    .description('folders, Git repositories, archives and buckets that are followed');
  const print = (row: SourceRow, { json }: Options): void =>
    context.print(json ? JSON.stringify(row) : describeSource(row));
  sources
    .command('list')
    .description('all sources with their last sync')
    .option(...TENANT)
    .option(...JSON_FLAG)
    .action((options: Options) =>
      withSources(context, options.tenant, async ({ ctx, sources: all }) => {
        for (const row of await all.list(ctx)) print(row, options);
      }),
    );
  sources
    .command('status')
    .description('one source, its last sync and the files that were not taken')
    .argument('<name>', 'name of the source')
    .option(...TENANT)
    .option(...JSON_FLAG)
    .action((name: string, options: Options) => status(context, name, options, print));
  registerAdd(sources, context, print);
  sources
    .command('sync')
    .description('synchronise now and wait for the end; exit code 1 when it failed or stopped')
    .argument('<name>', 'name of the source')
    .option('--allow-deletions', 'confirm deletions that a sync stopped at')
    .option('--archive <file>', 'a new ZIP for a source of that kind')
    .option(...TENANT)
    .option(...JSON_FLAG)
    .action(async (name: string, options: SyncOptions) => exit(await sync(context, name, options, print)));
  sources
    .command('remove')
    .description('delete a source, and its documents or not; cannot be undone')
    .argument('<name>', 'name of the source')
    .requiredOption('--documents <what>', 'keep or delete')
    .option(...TENANT)
    .action((name: string, options: Options & { documents: string }) => remove(context, name, options));
}

function registerAdd(
  sources: Command,
  context: CommandContext,
  print: (row: SourceRow, options: Options) => void,
): void {
  sources
    .command('add')
    .description(`add a source. ${CREDENTIALS_HELP}`)
    .argument('<name>', 'name of the source')
    .argument('<kind>', 'folder, git, archive or bucket')
    .argument('[place]', 'folder: its path; git: the address; bucket: the endpoint')
    .requiredOption('--collection <slug>', 'collection that it fills')
    .option('--branch <name>', 'git: branch; without it the one that the repository begins with')
    .option('--folder <path>', 'git: only this folder')
    .option('--region <name>', 'bucket: region')
    .option('--bucket <name>', 'bucket: its name')
    .option('--prefix <path>', 'bucket: only what begins with it')
    .option('--target <path>', 'folder of the collection')
    .option('--include <glob...>', 'only files that match')
    .option('--exclude <glob...>', 'no files that match')
    .option('--every <minutes>', 'synchronise by schedule')
    .option(...TENANT)
    .option(...JSON_FLAG)
    .action((name: string, kind: string, place: string | undefined, options: AddOptions) =>
      withSources(context, options.tenant, async ({ ctx, sources: all, domains }) => {
        const { Collections } = await import('@lorekeep/retrieval');
        const collection = await new Collections(domains.application).bySlug(ctx, options.collection);
        if (!collection) throw new CliError(`There is no collection ${options.collection}.`);
        const environment = context.environment;
        const source = readSource(name, kind, place, options, { collectionId: collection.id, environment });
        const detail = { name, kind, collectionId: collection.id };
        print(await domains.act(ctx, 'source.create', detail, () => all.create(ctx, source)), options);
      }),
    );
}

async function status(
  context: CommandContext,
  name: string,
  options: Options,
  print: (row: SourceRow, options: Options) => void,
): Promise<void> {
  await withSources(context, options.tenant, async (open) => {
    const source = await named(open, name);
    print(source, options);
    for (const state of ['failed', 'skipped'] as const) {
      const files = await open.sources.files(open.ctx, source.id, { state, limit: 200, offset: 0 });
      for (const file of files?.rows ?? [])
        context.print(options.json ? JSON.stringify(file) : `\t${state}\t${file.path}\t${file.reason ?? ''}`);
    }
  });
}

interface SyncOptions extends Options {
  allowDeletions?: boolean;
  archive?: string;
}

function sync(
  context: CommandContext,
  name: string,
  options: SyncOptions,
  print: (row: SourceRow, options: Options) => void,
): Promise<ExitCode> {
  return withSources(context, options.tenant, async (open) => {
    const { ctx, sources, domains } = open;
    const { id } = await named(open, name);
    const allowDeletions = options.allowDeletions ?? false;
    const detail = { sourceId: id, name, allowDeletions };
    await domains.act(ctx, 'source.order', detail, () =>
      options.archive === undefined
        ? sources.sync(ctx, id, { allowDeletions })
        : sources.addArchive(ctx, id, {
            fileName: basename(options.archive),
            content: createReadStream(options.archive),
          }),
    );
    return withWorker(context, domains.database, async () => {
      let said = '';
      for (;;) {
        const source = await sources.get(ctx, id);
        const run = source?.lastRun;
        if (!source || !run) throw new CliError(`The source ${name} is gone.`);
        if (run.state !== 'queued' && run.state !== 'running') {
          print(source, options);
          return run.state === 'done' ? EXIT.OK : EXIT.FAILED;
        }
        const line = describeRun(run);
        if (line !== said) context.progress.say((said = line));
        await delay(POLL_MS, undefined, { signal: context.signal });
      }
    });
  });
}

async function remove(
  context: CommandContext,
  name: string,
  options: Options & { documents: string },
): Promise<void> {
  const { documents } = options;
  if (documents !== 'keep' && documents !== 'delete')
    throw new CliError('--documents must be keep or delete.', EXIT.USAGE);
  await withSources(context, options.tenant, async (open) => {
    const { ctx, sources, domains } = open;
    const { id } = await named(open, name);
    await domains.act(ctx, 'source.delete', { sourceId: id, name, documents }, () =>
      sources.remove(ctx, id, documents),
    );
    await withWorker(context, domains.database, async () => {
      while (await sources.get(ctx, id)) await delay(POLL_MS, undefined, { signal: context.signal });
    });
  });
}

async function named({ ctx, sources }: OpenSources, name: string): Promise<SourceRow> {
  const source = (await sources.list(ctx)).find((row) => row.name === name || row.id === name);
  if (!source) throw new CliError(`There is no source ${name}.`);
  return source;
}
