import { join } from 'node:path';
import { urlOf, type Settings } from '../cli.config.js';
import { CliError } from '../cli.errors.js';
import { openDatabase, type OpenDatabase } from '../database/open-database.js';
import { prepareSchema } from '../database/prepare-schema.js';
import type { Environment } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import { claimInstance, releaseInstance, updateInstance, type Instance } from '../instance/claim-instance.js';
import { processIdentity } from '@lorekeep/kit/process';
import { loadSecrets } from '../secrets/load-secrets.js';
import { describeAccounts } from '../seed/describe-accounts.js';
import { ingestHandbook } from '../seed/ingest-handbook.js';
import { markShown, seed } from '../seed/seed.js';
import type { Progress } from '../terminal/progress.js';
import { awaitReady } from './await-ready.js';
import { checkSettings } from './check-settings.js';
import { startService } from './child-service.js';
import { CleanUp } from './clean-up.js';
import { endAbandoned } from './end-abandoned.js';
import { checkPort, freePort } from './find-port.js';
import { serviceEnvironment } from './service-environment.js';
import { superviseService, type Supervised } from './supervise-service.js';

export interface RunOptions {
  readonly command: 'start' | 'ask';
  readonly settings: Settings;
  readonly environment: Environment;
  readonly progress: Progress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Receives the lines that show new accounts. */
  readonly show: (line: string) => void;
}

export interface RunningInstance {
  readonly url: string;
  /** Settles with a sentence when something that must run has ended. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

/** Another Lorekeep runs in this data folder. */
export class AlreadyRunning extends Error {
  constructor(readonly instance: Instance) {
    super(`Lorekeep is already running at ${instance.url} (process ${instance.pid}).`);
  }
}

/** How long gateway and worker may finish what they are at. */
const DRAIN_MS = 15_000;

/** Everything from an empty folder to a gateway that answers. Undoes what it did when it fails or is interrupted. */
export async function runInstance(options: RunOptions): Promise<RunningInstance> {
  const cleanUp = new CleanUp();
  try {
    return await start(options, cleanUp);
  } catch (cause) {
    await cleanUp.run();
    if (options.signal.aborted) throw new CliError('Interrupted.', EXIT.INTERRUPTED, { cause });
    throw cause;
  }
}

async function start(options: RunOptions, cleanUp: CleanUp): Promise<RunningInstance> {
  const { settings, progress, signal } = options;
  const port = options.command === 'start' ? settings.port : await freePort(settings.host);
  const url = urlOf({ host: settings.host, port });
  checkSettings(options.environment);
  let instance = await claim(options, url, cleanUp);
  await checkPort(settings.host, port);
  const database = await openDatabase(settings, progress);
  cleanUp.add(() => database.close());
  signal.throwIfAborted();
  await migrateDatabase(database, progress);
  signal.throwIfAborted();
  const accounts = await seed({ settings, environment: options.environment, database, progress });
  // Shown last, where they are seen, and in any case: they cannot be shown again.
  const showAccounts = once(() => {
    if (accounts.length === 0) return;
    describeAccounts(accounts).forEach(options.show);
    markShown(settings.dataDir);
  });
  cleanUp.add(async () => showAccounts());
  signal.throwIfAborted();

  progress.step('Starting gateway and worker');
  const environment = serviceEnvironment(
    options.environment,
    settings,
    database,
    loadSecrets(settings.dataDir),
    port,
  );
  const services = superviseAll(settings, environment, cleanUp, () => record());
  const record = () =>
    updateInstance(settings.dataDir, (instance = { ...instance, children: childrenOf(services) }));
  record();
  await awaitReady(services[0].current(), url, signal);
  await ingestHandbook({ settings, environment: options.environment, database, progress, signal });
  instance = { ...instance, ready: true };
  record();
  showAccounts();
  return {
    url,
    failed: Promise.race([...services.map((service) => service.failed), databaseLost(database)]),
    stop: () => cleanUp.run(),
  };
}

async function claim(options: RunOptions, url: string, cleanUp: CleanUp): Promise<Instance> {
  const { settings, progress } = options;
  const instance: Instance = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? '',
    command: options.command,
    url,
    ready: false,
    children: [],
  };
  const claimed = claimInstance(settings.dataDir, instance);
  if (claimed.kind === 'taken') throw new AlreadyRunning(claimed.by);
  cleanUp.add(async () => releaseInstance(settings.dataDir, instance));
  if (claimed.abandoned) {
    progress.step('The last run was killed: cleaning up after it');
    await endAbandoned(claimed.abandoned);
  }
  return instance;
}

async function migrateDatabase(database: OpenDatabase, progress: Progress): Promise<void> {
  progress.step('Migrating the database');
  const ran = await prepareSchema(database);
  for (const name of ran) progress.step(`  ${name}`);
}

function superviseAll(
  settings: Settings,
  environment: Record<string, string>,
  cleanUp: CleanUp,
  changed: () => void,
): [Supervised, Supervised] {
  const supervise = (name: 'gateway' | 'worker') =>
    superviseService(
      () =>
        startService({
          name,
          main: join(settings.checkout, 'apps', name, 'dist', 'main.js'),
          environment,
          logs: join(settings.dataDir, 'logs'),
        }),
      changed,
    );
  // Undone in the opposite order: the gateway finishes its answers while the worker still runs.
  const worker = supervise('worker');
  cleanUp.add(() => worker.stop(DRAIN_MS));
  const gateway = supervise('gateway');
  cleanUp.add(() => gateway.stop(DRAIN_MS));
  return [gateway, worker];
}

function childrenOf(services: readonly Supervised[]): Instance['children'] {
  return services.map((service) => service.current()).map(({ pid, identity }) => ({ pid, identity }));
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

async function databaseLost(database: OpenDatabase): Promise<string> {
  await database.lost;
  return 'The embedded database ended by itself: see postgres/server.log in the data folder, and start Lorekeep again.';
}
