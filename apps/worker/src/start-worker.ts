import { join } from 'node:path';
import { Audit, loadSigningKey, SignedHeads } from '@lorekeep/audit';
import { IngestDocument, ParserPool, INGEST_TASK } from '@lorekeep/document-path';
import { Firewall, FirewallPolicies, openClassifier } from '@lorekeep/firewall';
import { systemClock } from '@lorekeep/kit/clock';
import { connectPool, type Database } from '@lorekeep/kit/database';
import { startJobs } from '@lorekeep/kit/jobs';
import type { Logger } from '@lorekeep/kit/telemetry';
import { Quota } from '@lorekeep/quota';
import { DocumentStore, IndexKeeper } from '@lorekeep/retrieval';
import { startScanner } from './start-scanner.js';
import { startSources } from './start-sources.js';
import { startVectors } from './start-vectors.js';
import { expireQuotaTask } from './tasks/expire-quota.js';
import { ingestTask } from './tasks/ingest.js';
import type { WorkerConfig } from './worker.config.js';

export interface RunningWorker {
  /** Finishes or gives back what it is at, and closes everything. */
  stop(): Promise<void>;
  /** Rejects when the queue gives up. */
  readonly ended: Promise<void>;
}

const CRONTAB = `
* * * * * expire-quota ?max=1
* * * * * order-syncs ?max=1
* * * * * resume-lists ?max=1
*/10 * * * * trim-versions ?max=1
7 * * * * sweep-sources ?max=1
23 * * * * purge-hits ?max=1
`;

/** Connects, wires the document path, and takes jobs until stopped. */
export async function startWorker(config: WorkerConfig, log: Logger): Promise<RunningWorker> {
  const database = await connect(config);
  const audit = await openAudit(database, config, log);
  const classifier = openClassifier(config, 'documents', ({ state, detail }) =>
    state === 'failed'
      ? log.error({ detail }, 'the classifier of the firewall cannot be used; the rules decide alone')
      : log.info('the classifier of the firewall is ready'),
  );
  const policies = new FirewallPolicies(database, { timeoutMs: config.FIREWALL_TIMEOUT_MS });
  const firewall = new Firewall(policies, systemClock, classifier);
  const parsers = new ParserPool(config);
  const ingest = new IngestDocument({
    store: new DocumentStore(database),
    parsers,
    screen: (ctx, text) => firewall.screenDocument(ctx, text),
    audit: (ctx, record) => audit.append(ctx, record),
  });
  const keeper = startKeeper(database, log);
  const vectors = startVectors(database, config, log);
  const quota = new Quota(database, { timeoutMs: config.QUOTA_TIMEOUT_MS });
  const sources = await startSources(database, audit, config, log);
  const scanner = await startScanner(database, audit, config, log);
  const jobs = await startJobs({
    connectionString: config.DATABASE_URL,
    concurrency: config.WORKER_CONCURRENCY,
    crontab: CRONTAB,
    tasks: {
      [INGEST_TASK]: ingestTask(
        ingest,
        { wake: (id) => [keeper, vectors].forEach((one) => one.wake(id)) },
        log,
      ),
      'expire-quota': expireQuotaTask(database, quota),
      ...sources.tasks,
      ...scanner.tasks,
    },
    onFailure: ({ cause, ...failure }) => log.error({ ...failure, err: cause }, 'a job failed'),
  });
  return {
    ended: Promise.race([jobs.ended, sources.jobs.ended, scanner.jobs.ended]),
    async stop() {
      await Promise.all([jobs.stop(), sources.stop(), scanner.jobs.stop(), keeper.stop(), vectors.stop()]);
      await parsers.close();
      await classifier?.close();
      await audit.close();
      await database.close();
    },
  };
}

function connect(config: WorkerConfig): Promise<Database> {
  return connectPool({
    url: config.DATABASE_URL,
    // Each job holds one connection while another records it; the keepers of index and vectors hold one each.
    poolSize: config.WORKER_CONCURRENCY * 2 + config.SOURCE_SYNCS * 3 + 8,
    statementTimeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
    applicationName: 'lorekeep-worker',
  });
}

function startKeeper(database: Database, log: Logger): IndexKeeper {
  const keeper = new IndexKeeper(database, systemClock, {
    merged: (tenantId, { seconds, ...merged }) =>
      log.info({ tenantId, ...merged, ms: Math.round(seconds * 1_000) }, 'segments merged'),
    rebuilt: (tenantId, batch) => log.info({ tenantId, ...batch }, 'documents indexed again'),
    failed: (tenantId, cause) =>
      log.error({ tenantId, err: cause }, 'the index could not be kept; tried again'),
  });
  keeper.start();
  return keeper;
}

async function openAudit(database: Database, config: WorkerConfig, log: Logger): Promise<Audit> {
  const directory = join(config.DATA_DIR, 'audit');
  const heads = new SignedHeads(database, {
    directory,
    key: await loadSigningKey(directory),
    clock: systemClock,
    onFault: (error) => log.error({ err: error }, 'an audit head could not be signed'),
  });
  return new Audit(database, { timeoutMs: config.AUDIT_TIMEOUT_MS, queueMax: config.AUDIT_QUEUE_MAX, heads });
}
