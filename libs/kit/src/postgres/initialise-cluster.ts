import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ClusterHome } from './cluster-home.js';
import { diskFull, explainOutput, explainSystemError, wrongVersion } from './explain-failure.js';
import { POSTGRES_MAJOR } from './locate-binaries.js';
import { PostgresLaunchError } from './postgres.errors.js';
import { isAlive } from './read-postmaster.js';
import { commandAs, type RunAs } from './run-as.js';

export const SUPERUSER = 'lorekeep_superuser';

/** An empty cluster takes 40 MB; write-ahead log and the first documents need room too. */
const FREE_BYTES_NEEDED = 200 * 1024 * 1024;

export interface Superuser {
  readonly user: string;
  readonly password: string;
}

/**
 * Creates the cluster when `home` does not exist. It is built beside its place and renamed, so that a start that was
 * killed leaves no half a cluster, and of two starters at once exactly one wins. Returns whether it was created here.
 */
export async function initialiseCluster(cluster: ClusterHome, durable: boolean): Promise<boolean> {
  if (existsSync(cluster.home)) {
    await checkExisting(cluster);
    return false;
  }
  try {
    await removeLeftovers(cluster.home);
    await checkSpace(dirname(cluster.home));
    return await build(cluster, durable);
  } catch (cause) {
    throw explainSystemError(cause, dirname(cluster.home));
  }
}

export async function readSuperuser(home: string): Promise<Superuser> {
  try {
    return JSON.parse(await readFile(join(home, 'superuser.json'), 'utf8')) as Superuser;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') throw explainSystemError(cause, home);
    throw damaged(home, 'superuser.json', String(cause));
  }
}

async function build(cluster: ClusterHome, durable: boolean): Promise<boolean> {
  const tmp = `${cluster.home}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`;
  const superuser: Superuser = { user: SUPERUSER, password: randomBytes(24).toString('base64url') };
  try {
    await mkdir(tmp, { mode: 0o700 });
    await writeFile(join(tmp, 'superuser.json'), JSON.stringify(superuser), { mode: 0o600 });
    await writeFile(join(tmp, 'password'), superuser.password, { mode: 0o600 });
    await giveTo(cluster.runAs, [tmp, join(tmp, 'superuser.json'), join(tmp, 'password')]);
    await runInitdb(cluster, tmp, durable);
    await rm(join(tmp, 'password'));
    await rename(tmp, cluster.home);
    return true;
  } catch (cause) {
    await rm(tmp, { recursive: true, force: true });
    const { code } = cause as NodeJS.ErrnoException;
    // Another starter renamed its cluster into place first: use that one.
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw cause;
  }
}

async function runInitdb(cluster: ClusterHome, tmp: string, durable: boolean): Promise<void> {
  const args = [
    '-D',
    join(tmp, 'data'),
    '-U',
    SUPERUSER,
    `--pwfile=${join(tmp, 'password')}`,
    '-A',
    'scram-sha-256',
  ];
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  args.push('--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync']));
  const plan = commandAs(cluster.runAs, cluster.binaries.initdb, args);
  const child = spawn(plan.file, plan.args, {
    uid: plan.uid,
    gid: plan.gid,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C reaches us alone; we decide in which order things end.
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  if (code !== 0) throw explainOutput(output, cluster.home);
}

async function giveTo(runAs: RunAs, paths: string[]): Promise<void> {
  if (runAs.kind !== 'user') return;
  for (const path of paths) await chown(path, runAs.uid, runAs.gid);
}

async function checkExisting(cluster: ClusterHome): Promise<void> {
  let found: string;
  try {
    found = (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') throw explainSystemError(cause, cluster.home);
    throw damaged(cluster.home, 'data/PG_VERSION', String(cause));
  }
  if (found !== POSTGRES_MAJOR) throw wrongVersion(cluster.home, found);
}

function damaged(home: string, file: string, detail: string): PostgresLaunchError {
  return new PostgresLaunchError(
    'FOLDER_DAMAGED',
    `The database folder ${home} has no readable ${file}: restore it from a backup, or move it away to begin with an empty database.`,
    detail,
  );
}

async function removeLeftovers(home: string): Promise<void> {
  const prefix = `${basename(home)}.tmp-`;
  for (const name of await readdir(dirname(home))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (!name.startsWith(prefix) || isAlive(pid)) continue;
    await rm(join(dirname(home), name), { recursive: true, force: true });
  }
}

async function checkSpace(parent: string): Promise<void> {
  const { bavail, bsize } = await statfs(parent);
  if (bavail * bsize < FREE_BYTES_NEEDED) {
    throw diskFull(parent, `${bavail * bsize} bytes free, ${FREE_BYTES_NEEDED} needed`);
  }
}
