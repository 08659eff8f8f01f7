import { createHash, randomBytes } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainSystemError } from './explain-failure.js';
import { binariesIn, type PostgresBinaries } from './locate-binaries.js';
import { PostgresLaunchError } from './postgres.errors.js';
import { canEnter, type RunAs } from './run-as.js';

/**
 * Where one cluster lives: `home` holds data/, superuser.json (600), state.json and server.log. Normally home is the
 * folder asked for. Where an unprivileged account must run the server and cannot enter that folder, home is outside,
 * and `<folder>.location` says where.
 */
export interface ClusterHome {
  readonly home: string;
  readonly data: string;
  readonly runAs: RunAs;
  readonly binaries: PostgresBinaries;
}

export interface HomeOptions {
  readonly folder: string;
  readonly notice: (line: string) => void;
  readonly runAs: (existingHome: string | undefined) => RunAs;
  /** Parent of homes that had to move. */
  readonly relocationRoot: string;
}

type Account = RunAs & { kind: 'user' };

/** Decides where the cluster lives and who runs it. Creates parents and copies, never the cluster itself. */
export async function prepareHome(options: HomeOptions, binaries: PostgresBinaries): Promise<ClusterHome> {
  const parent = await makeParent(options.folder);
  // Real paths: the server's own view of its folder is compared with ours.
  const asked = existsSync(options.folder)
    ? realpathSync(options.folder)
    : join(parent, basename(options.folder));
  const moved = await readLocation(asked);
  const existing = [moved, asked].find((path) => path !== undefined && existsSync(path));
  const runAs = options.runAs(existing);
  if (runAs.kind !== 'user') return clusterHome(moved ?? asked, runAs, binaries);
  if (!moved && canEnter(runAs, parent) && canEnter(runAs, binaries.native)) {
    if (existing) await takeOver(existing, runAs);
    return clusterHome(asked, runAs, binaries);
  }
  if (!moved && existing) {
    throw new PostgresLaunchError(
      'ROOT_UNSUPPORTED',
      `Postgres does not run as root, and ${runAs.name} cannot enter ${asked}: start Lorekeep as the user who owns that folder.`,
    );
  }
  return relocate(asked, moved, runAs, binaries, options);
}

function clusterHome(home: string, runAs: RunAs, binaries: PostgresBinaries): ClusterHome {
  return { home, data: join(home, 'data'), runAs, binaries };
}

async function makeParent(folder: string): Promise<string> {
  try {
    await mkdir(dirname(folder), { recursive: true });
    return realpathSync(dirname(folder));
  } catch (cause) {
    throw explainSystemError(cause, dirname(folder));
  }
}

async function readLocation(asked: string): Promise<string | undefined> {
  const pointer = `${asked}.location`;
  if (!existsSync(pointer)) return undefined;
  const location = (await readFile(pointer, 'utf8')).trim();
  if (existsSync(location)) return location;
  throw new PostgresLaunchError(
    'FOLDER_LOST',
    `The database was kept in ${location}, which is gone: restore that folder, or delete ${pointer} to begin with an empty database.`,
  );
}

/** A cluster that root made with a user namespace, on a system that no longer allows one. */
async function takeOver(home: string, account: Account): Promise<void> {
  if ((await stat(home)).uid !== 0) return;
  for (const entry of await readdir(home, { recursive: true })) {
    await chown(join(home, entry), account.uid, account.gid);
  }
  await chown(home, account.uid, account.gid);
}

async function relocate(
  asked: string,
  moved: string | undefined,
  account: Account,
  binaries: PostgresBinaries,
  options: HomeOptions,
): Promise<ClusterHome> {
  const name = `lorekeep-${createHash('sha256').update(asked).digest('hex').slice(0, 12)}`;
  const home = moved ?? join(options.relocationRoot, name);
  const native = join(options.relocationRoot, `lorekeep-postgres-${binaries.version}`);
  try {
    await copyOnce(binaries.native, native);
    if (!moved) {
      // The pointer counts only when its target exists, so the cluster's folder is made by initialiseCluster first.
      options.notice(`${account.name} cannot enter ${dirname(asked)}: the database is kept in ${home}`);
    }
  } catch (cause) {
    throw explainSystemError(cause, options.relocationRoot);
  }
  return clusterHome(home, account, binariesIn(native, binaries.version));
}

/** Records where a relocated cluster lives, once it exists. */
export async function rememberLocation(folder: string, cluster: ClusterHome): Promise<void> {
  const asked = join(realpathSync(dirname(folder)), basename(folder));
  if (cluster.home === asked || existsSync(asked)) return;
  try {
    await writeFile(`${asked}.location`, `${cluster.home}\n`);
  } catch (cause) {
    throw explainSystemError(cause, dirname(asked));
  }
}

async function copyOnce(from: string, to: string): Promise<void> {
  if (existsSync(to)) return;
  const tmp = `${to}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`;
  await cp(from, tmp, { recursive: true, verbatimSymlinks: true });
  // The account must be able to read and run them, however strict the umask of the installation was.
  for (const entry of await readdir(tmp, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
  await chmod(tmp, 0o755);
  try {
    await rename(tmp, to);
  } catch (cause) {
    await rm(tmp, { recursive: true, force: true });
    if (!existsSync(to)) throw cause;
  }
}
