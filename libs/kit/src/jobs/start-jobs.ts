import { EventEmitter } from 'node:events';
import type { RunnerOptions, WorkerEvents } from 'graphile-worker';
import { Presence } from './hold-presence.js';

export interface Job {
  readonly payload: unknown;
  /** 1 at the first try. */
  readonly attempt: number;
  readonly attempts: number;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
}

export type JobTasks = Readonly<Record<string, (job: Job) => Promise<void>>>;

export interface StartJobsOptions {
  /** postgres://… of the application's role. */
  readonly connectionString: string;
  readonly tasks: JobTasks;
  /** Jobs at once in this process. */
  readonly concurrency: number;
  /** Lines of a crontab: `* * * * * task`. */
  readonly crontab?: string;
  /** A job failed; it will be tried again unless `final`. */
  readonly onFailure: (failure: { task: string; attempt: number; final: boolean; cause: unknown }) => void;
}

export interface RunningJobs {
  /** Takes no more jobs, lets the running ones end (aborted by their signal), and closes its connections. */
  stop(): Promise<void>;
  /** Rejects when the runner gives up. */
  readonly ended: Promise<void>;
}

/** How soon jobs of a dead process are taken over. */
const ORPHANS_EVERY_MS = 15_000;

/** Runs jobs until stopped. The queue must have been installed by the owner (installJobQueue). */
export async function startJobs(options: StartJobsOptions): Promise<RunningJobs> {
  const events = new EventEmitter() as WorkerEvents;
  let poolId = '';
  events.once('pool:create', ({ workerPool }) => (poolId = workerPool.id));
  events.on('job:error', ({ job, error }) =>
    options.onFailure({
      task: job.task_identifier,
      attempt: job.attempts,
      final: job.attempts >= job.max_attempts,
      cause: error,
    }),
  );
  const stopping = new AbortController();
  // Loaded here: whoever only adds jobs does without.
  const [{ run }, { quietLogger }] = await Promise.all([
    import('graphile-worker'),
    import('./quiet-logger.js'),
  ]);
  const runner = await run({
    connectionString: options.connectionString,
    concurrency: options.concurrency,
    maxPoolSize: options.concurrency + 2,
    noHandleSignals: true,
    logger: quietLogger,
    events,
    taskList: taskList(options.tasks, stopping.signal),
    crontab: options.crontab ?? '',
  });
  const presence = new Presence(options.connectionString, poolId);
  await presence.begin();
  const sweep = (): void => void presence.releaseOrphans().catch(() => undefined);
  sweep();
  const timer = setInterval(sweep, ORPHANS_EVERY_MS);
  return {
    ended: runner.promise,
    async stop() {
      clearInterval(timer);
      stopping.abort(new Error('the worker is stopping'));
      await runner.stop();
      await presence.end();
    },
  };
}

function taskList(tasks: JobTasks, signal: AbortSignal): RunnerOptions['taskList'] {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload, { job }) => task({ payload, attempt: job.attempts, attempts: job.max_attempts, signal }),
    ]),
  );
}
