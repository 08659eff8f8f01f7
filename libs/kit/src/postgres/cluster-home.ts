import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainSystemError } from './explain-failure.js';
import { binariesIn, type PostgresBinaries } from './locate-binaries.js';
import { PostgresLaunchError } from './postgres.errors.js';
import { canEnter, chooseRunAs, type RunAs } from './run-as.js';

/**
 * Where one cluster lives: `home` holds data/, superuser.json (600), state.json and server.log. Normally home is the
 * folder asked for; a folder that the unprivileged account cannot enter is moved outside, and `<folder>.location` says where.
 */
export interface ClusterHome {
  readonly home: string;
  readonly data: string;
  readonly runAs: RunAs;
  readonly binaries: PostgresBinaries;
}

const RELOCATION_ROOT = '/var/lib';

export async function prepareHome(
  folder: string,
  binaries: PostgresBinaries,
  notice: (line: string) => void,
  choose: (existingHome: string | undefined) => RunAs = chooseRunAs,
): Promise<ClusterHome> {
  const parent = await makeParent(folder);
  const asked = existsSync(folder) ? realpathSync(folder) : join(parent, basename(folder));
  const moved = await readLocation(asked);
  const existing = [moved, asked].find((path) => path !== undefined && existsSync(path));
  const runAs = choose(existing);
  if (runAs.kind !== 'user') return clusterHome(moved ?? asked, runAs, binaries);
  if (!moved && canEnter(runAs, parent) && canEnter(runAs, binaries.native)) {
    return clusterHome(asked, runAs, binaries);
  }
  if (!moved && existing) {
    throw new PostgresLaunchError(
      'ROOT_UNSUPPORTED',
      `The database in ${asked} belongs to ${runAs.name}, who cannot enter that folder: start Lorekeep as that user.`,
    );
  }
  return relocate(asked, moved, runAs, binaries, notice);
}

function clusterHome(home: string, runAs: RunAs, binaries: PostgresBinaries): ClusterHome {
  return { home, data: join(home, 'data'), runAs, binaries };
}

async function makeParent(folder: string): Promise<string> {
  try {
    await mkdir(dirname(folder), { recursive: true });
  } catch (cause) {
    throw explainSystemError(cause, dirname(folder));
  }
  // The real path: the server compares and prints it, and the relocated name is made from it.
  return realpathSync(dirname(folder));
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

async function relocate(
  asked: string,
  moved: string | undefined,
  runAs: RunAs & { kind: 'user' },
  binaries: PostgresBinaries,
  notice: (line: string) => void,
): Promise<ClusterHome> {
  const name = `lorekeep-${createHash('sha256').update(asked).digest('hex').slice(0, 12)}`;
  const home = moved ?? join(RELOCATION_ROOT, name);
  const native = join(RELOCATION_ROOT, `${name}-binaries`);
  try {
    if (!existsSync(join(native, 'complete'))) {
      await cp(binaries.native, native, { recursive: true, force: true, verbatimSymlinks: true });
      await writeFile(join(native, 'complete'), '');
    }
    if (!moved) await writeFile(`${asked}.location`, `${home}\n`);
  } catch (cause) {
    throw explainSystemError(cause, RELOCATION_ROOT);
  }
  notice(`${runAs.name} cannot enter ${dirname(asked)}: the database is kept in ${home}`);
  return clusterHome(home, runAs, binariesIn(native));
}
