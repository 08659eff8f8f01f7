import type { Audit } from '@lorekeep/audit';
import { ReadRecentAnswers } from '@lorekeep/conversations';
import { systemClock } from '@lorekeep/kit/clock';
import type { Database } from '@lorekeep/kit/database';
import { startJobs, type JobTasks, type RunningJobs } from '@lorekeep/kit/jobs';
import type { Logger } from '@lorekeep/kit/telemetry';
import {
  CheckWordList,
  DEFAULT_TIER,
  HitRepository,
  LIST_TASK,
  ListContentRepository,
  PolicyRepository,
  PurgeHits,
  ResumeLists,
  ScannerPolicies,
  WordListRepository,
} from '@lorekeep/scanner';
import { checkWordListTask } from './tasks/check-word-list.js';
import { forEachTenant } from './tasks/for-each-tenant.js';
import type { WorkerConfig } from './worker.config.js';

export interface RunningScanner {
  /** What the crontab asks for. */
  readonly tasks: JobTasks;
  readonly jobs: RunningJobs;
}

/** Lists have a runner of their own, one at a time: a large one takes minutes and hundreds of megabytes. */
export async function startScanner(
  database: Database,
  audit: Audit,
  config: WorkerConfig,
  log: Logger,
): Promise<RunningScanner> {
  const store = new PolicyRepository(database);
  const policies = new ScannerPolicies(store, DEFAULT_TIER.categories);
  const recent = new ReadRecentAnswers(database);
  const lists = new WordListRepository(database);
  const check = new CheckWordList(
    {
      lists,
      content: new ListContentRepository(database),
      policies: { store, effective: (stored) => policies.effective(stored) },
      answers: (ctx) => ({ since: (since, limit) => recent.run(ctx, since, limit) }),
      clock: systemClock,
    },
    config.SCANNER_LIST_MAX_WORDS,
  );
  const resume = new ResumeLists(lists);
  const purge = new PurgeHits(new HitRepository(database), store, systemClock);
  const jobs = await startJobs({
    connectionString: config.DATABASE_URL,
    concurrency: 1,
    tasks: { [LIST_TASK]: checkWordListTask(check, audit, log) },
    onFailure: ({ cause, ...failure }) => log.error({ ...failure, err: cause }, 'a job failed'),
  });
  return {
    tasks: {
      'purge-hits': forEachTenant(database, 'purging hits', (ctx) => purge.run(ctx)),
      'resume-lists': forEachTenant(database, 'resuming lists', async (ctx) => {
        const left = await resume.run(ctx);
        if (left.lost + left.resumed > 0)
          log.warn({ tenantId: ctx.tenantId, ...left }, 'lists of a process that died');
      }),
    },
    jobs,
  };
}
