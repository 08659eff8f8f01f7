import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { PostgresLaunchError } from './postgres.errors.js';

/**
 * Postgres refuses to run as root. How its processes are started instead:
 * - direct: we are not root;
 * - namespace: root, seen by postgres as uid 1000 of a user namespace; files stay root's;
 * - user: root, switched to an unprivileged account that owns the data folder.
 */
export type RunAs =
  | { readonly kind: 'direct' }
  | { readonly kind: 'namespace'; readonly unshare: string }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number; readonly name: string };

const UNSHARE_PATHS = ['/usr/bin/unshare', '/bin/unshare', '/run/current-system/sw/bin/unshare'];
const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000'];
/** initdb looks its user up by name, so the account must exist in /etc/passwd. */
const ACCOUNTS = ['lorekeep', 'postgres', 'nobody'];

/** Chooses by who owns an existing data folder, else by what the system allows. Throws ROOT_UNSUPPORTED. */
export function chooseRunAs(existingHome: string | undefined, probe = probeNamespace): RunAs {
  if (process.getuid?.() !== 0) return { kind: 'direct' };
  const owner = existingHome ? statSync(existingHome) : undefined;
  if (owner && owner.uid !== 0) {
    return { kind: 'user', uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  }
  const unshare = probe();
  if (unshare) return { kind: 'namespace', unshare };
  const account = findAccount();
  if (account) return { kind: 'user', ...account };
  throw new PostgresLaunchError(
    'ROOT_UNSUPPORTED',
    'Postgres does not run as root, and this system offers neither user namespaces nor an account named nobody: start Lorekeep as an ordinary user.',
  );
}

/** The command line that runs `file` as chosen. The process id is that of `file` itself in every case. */
export function commandAs(runAs: RunAs, file: string, args: readonly string[]): SpawnPlan {
  if (runAs.kind === 'namespace') return { file: runAs.unshare, args: [...NAMESPACE, file, ...args] };
  if (runAs.kind === 'user') return { file, args: [...args], uid: runAs.uid, gid: runAs.gid };
  return { file, args: [...args] };
}

export interface SpawnPlan {
  readonly file: string;
  readonly args: string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Whether the account can enter `folder` (every parent lets it through). */
export function canEnter(runAs: RunAs, folder: string): boolean {
  if (runAs.kind !== 'user') return true;
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    uid: runAs.uid,
    gid: runAs.gid,
    cwd: '/',
    stdio: 'ignore',
    timeout: 5000,
  });
  return status === 0;
}

function probeNamespace(): string | undefined {
  return UNSHARE_PATHS.filter((path) => existsSync(path)).find(
    (path) =>
      spawnSync(path, [...NAMESPACE, '/bin/sh', '-c', ':'], { stdio: 'ignore', timeout: 5000 }).status === 0,
  );
}

function findAccount(): { uid: number; gid: number; name: string } | undefined {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ACCOUNTS) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (uid > 0 && gid > 0) return { uid, gid, name };
  }
  return undefined;
}
