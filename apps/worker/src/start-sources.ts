import type { Audit } from '@lorekeep/audit';
import { AcceptDocument, documentsOfSources, RestartDocument } from '@lorekeep/document-path';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { systemClock } from '@lorekeep/kit/clock';
import { startJobs, type JobTasks, type RunningJobs } from '@lorekeep/kit/jobs';
import type { Logger } from '@lorekeep/kit/telemetry';
import { DocumentStore, SourcedDocuments, Versions } from '@lorekeep/retrieval';
import { createSources, SYNC_TASK, type SourcesDomain } from '@lorekeep/sources';
import { forEachTenant } from './tasks/for-each-tenant.js';
import { syncSourceTask } from './tasks/sync-source.js';
import type { WorkerConfig } from './worker.config.js';

export interface RunningSources {
  /** What the crontab asks for. */
  readonly tasks: JobTasks;
  readonly jobs: RunningJobs;
  stop(): Promise<void>;
}

/** Syncs have runners of their own: a long one keeps no document waiting. */
export async function startSources(
  database: Database,
  audit: Audit,
  config: WorkerConfig,
  log: Logger,
): Promise<RunningSources> {
  const record = (ctx: CallContext, entry: Parameters<Audit['append']>[1]) => audit.append(ctx, entry);
  const store = new DocumentStore(database);
  const documents = documentsOfSources(
    new AcceptDocument(store, record, config),
    new RestartDocument(store, record),
    new SourcedDocuments(database),
  );
  const domain = await createSources({ database, documents, audit: record }, config, config.DATA_DIR);
  const jobs = await startJobs({
    connectionString: config.DATABASE_URL,
    concurrency: config.SOURCE_SYNCS,
    tasks: { [SYNC_TASK]: syncSourceTask(domain.sync, log) },
    onFailure: ({ cause, ...failure }) => log.error({ ...failure, err: cause }, 'a job failed'),
  });
  return {
    tasks: regularTasks(database, domain, config),
    jobs,
    async stop() {
      await jobs.stop();
      await domain.close();
    },
  };
}

function regularTasks(database: Database, domain: SourcesDomain, config: WorkerConfig): JobTasks {
  const versions = new Versions(database);
  return {
    'order-syncs': forEachTenant(database, 'ordering syncs', (ctx) => domain.runs.orderDue(ctx)),
    'trim-versions': forEachTenant(database, 'trimming versions', (ctx) =>
      versions.trim(ctx, config.DOCUMENT_VERSIONS_KEPT),
    ),
    'sweep-sources': async () => {
      const tenants = await database.withoutTenant<{ id: string }>('select tenant_ids() as id');
      await domain.sweep.run(
        tenants.map(({ id }) => id),
        systemClock.now(),
      );
    },
  };
}
