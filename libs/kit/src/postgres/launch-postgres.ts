import { setTimeout as delay } from 'node:timers/promises';
import { type Client, DatabaseError } from 'pg';
import { prepareHome, rememberLocation, type ClusterHome } from './cluster-home.js';
import { inUse } from './explain-failure.js';
import { initialiseCluster, readSuperuser, type Superuser } from './initialise-cluster.js';
import { binariesOf, locateBinaries } from './locate-binaries.js';
import { PostgresLaunchError } from './postgres.errors.js';
import { isServerOf, readPostmaster, type Postmaster } from './read-postmaster.js';
import { chooseRunAs, type RunAs } from './run-as.js';
import { START_TIMEOUT_MS, startServer } from './start-server.js';
import { joinServer, leaveServer } from './share-server.js';

export interface PostgresOptions {
  /** Folder of the cluster; made when missing. */
  readonly folder: string;
  /** Fixed port; without it a free one is chosen and remembered. */
  readonly port?: number;
  /** fsync and full page writes; false only for throw-away clusters of tests. Default true. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
  /** Further settings of the server, by name; they count only when this call starts it. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Another server program of the same major version, with its libraries beside it: `…/bin/postgres`. */
  readonly program?: string;
  /** Lines worth telling a person, such as where the data was moved to. */
  readonly notice?: (line: string) => void;
  /** How to run when we are root; tests choose. */
  readonly runAs?: (existingHome: string | undefined) => RunAs;
  /** Parent of clusters that cannot live in the folder asked for. Default /var/lib. */
  readonly relocationRoot?: string;
}

export interface RunningPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** Where the cluster lives (not always the folder asked for; see ClusterHome). */
  readonly home: string;
  /** The cluster was created by this call. */
  readonly created: boolean;
  /** The server was already running: another launcher's, or left over by a killed one. */
  readonly attached: boolean;
  /** Superuser's URL of `database` (default: postgres). */
  url(database?: string): string;
  /** Settles when the server goes away without stop(). */
  readonly lost: Promise<void>;
  /** Leaves the server, and stops it cleanly when no other launcher uses it. Returns whether it was stopped. */
  stop(): Promise<boolean>;
}

/** A server that is just stopping, or whose starter was killed half-way, needs a few rounds. */
const ROUNDS = 8;
const POLL_MS = 25;
const DEFAULT_CONNECTIONS = 100;
const RELOCATION_ROOT = '/var/lib';

/**
 * Starts the embedded Postgres of `options.folder`, or joins the one that already runs there. Any number of launchers
 * may share one server: the last one to leave stops it. Throws PostgresLaunchError.
 */
export async function launchPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const durable = options.durable ?? true;
  const binaries = options.program ? binariesOf(options.program) : await locateBinaries();
  const cluster = await prepareHome(
    {
      folder: options.folder,
      notice: options.notice ?? (() => {}),
      runAs: options.runAs ?? chooseRunAs,
      relocationRoot: options.relocationRoot ?? RELOCATION_ROOT,
    },
    binaries,
  );
  const created = await initialiseCluster(cluster, durable);
  await rememberLocation(options.folder, cluster);
  const superuser = await readSuperuser(cluster.home);
  const settings = {
    port: options.port,
    durable,
    maxConnections: options.maxConnections ?? DEFAULT_CONNECTIONS,
    extra: options.settings ?? {},
  };
  for (let round = 1; ; round++) {
    const live = await findLive(cluster);
    const server = live ?? (await startOrYield(cluster, () => startServer(cluster, settings)));
    const member = server && (await tryJoin(server, superuser, cluster));
    if (server && member)
      return running(cluster, server, member, superuser, { created, attached: live !== undefined });
    if (round === ROUNDS) throw inUse(cluster.home, 'it was starting or stopping in every round');
    await delay(POLL_MS * 2 ** round);
  }
}

/** The server of this folder, once it is ready. Waits while it starts or stops. */
async function findLive(cluster: ClusterHome): Promise<Postmaster | undefined> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const server = await readPostmaster(cluster.data);
    if (!server || !(await isServerOf(server.pid, cluster.data))) return undefined;
    if (server.status === 'ready') return server;
    await delay(POLL_MS);
  }
  throw new PostgresLaunchError(
    'START_TIMEOUT',
    `The database in ${cluster.home} has been starting or stopping for ${START_TIMEOUT_MS / 1000} seconds: see its server.log and start again.`,
  );
}

/** Of two starters at once the server's own lock lets one through; the other finds it in the next round. */
async function startOrYield(
  cluster: ClusterHome,
  start: () => Promise<Postmaster>,
): Promise<Postmaster | undefined> {
  try {
    return await start();
  } catch (cause) {
    const beaten = cause instanceof PostgresLaunchError && cause.code === 'IN_USE';
    if (beaten && (await readPostmaster(cluster.data))) return undefined;
    throw cause;
  }
}

async function tryJoin(
  server: Postmaster,
  superuser: Superuser,
  cluster: ClusterHome,
): Promise<Client | undefined> {
  try {
    return await joinServer(server.port, superuser, cluster.data);
  } catch (cause) {
    const refused = cause instanceof DatabaseError && ['28P01', '28000', '42501'].includes(cause.code ?? '');
    if (refused || cause instanceof PostgresLaunchError)
      throw refused ? inUse(cluster.home, String(cause)) : cause;
    return undefined; // it went away between our look and our connection
  }
}

function running(
  cluster: ClusterHome,
  server: Postmaster,
  member: Client,
  superuser: Superuser,
  how: { created: boolean; attached: boolean },
): RunningPostgres {
  const { user, password } = superuser;
  let stopping: Promise<boolean> | undefined;
  const lost = new Promise<void>((done) => member.once('end', () => (stopping ? undefined : done())));
  return {
    host: '127.0.0.1',
    port: server.port,
    user,
    password,
    pid: server.pid,
    home: cluster.home,
    ...how,
    lost,
    url: (database = 'postgres') =>
      `postgres://${user}:${password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`,
    stop: () => (stopping ??= leaveServer(member, server.pid, cluster.data)),
  };
}
