import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli.errors.js';
import { makeFolder } from '../instance/make-folder.js';

/** Everything secret that one installation makes for itself: DATA_DIR/secrets.json, mode 600. */
export interface Secrets {
  /** Passwords of the embedded database's two roles. */
  readonly databaseOwnerPassword: string;
  readonly databaseAppPassword: string;
  /** Keeps prefix caches of tenants and permission scopes apart. */
  readonly inferenceSaltSecret: string;
}

const FILE = 'secrets.json';

/** Reads the secrets, or makes them at the first start. An incomplete file is an error: guessing would lock data out. */
export function loadSecrets(dataDir: string): Secrets {
  makeFolder(dataDir);
  const path = join(dataDir, FILE);
  const tmp = `${path}.${process.pid}`;
  try {
    writeFileSync(tmp, JSON.stringify(makeSecrets(), null, 2), { mode: 0o600 });
    linkSync(tmp, path); // fails when there is one: of two first starts one wins, and both read the winner's
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(tmp, { force: true });
  }
  return parse(path);
}

function parse(path: string): Secrets {
  const known = Object.keys(makeSecrets());
  let found: Record<string, unknown>;
  try {
    found = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code) throw cause;
    throw new CliError(`${path} is damaged: restore it from a backup.`, undefined, { cause });
  }
  const missing = known.filter((name) => typeof found[name] !== 'string' || found[name] === '');
  if (missing.length > 0)
    throw new CliError(`${path} lacks ${missing.join(', ')}: restore it from a backup.`);
  return found as unknown as Secrets;
}

function makeSecrets(): Secrets {
  const random = () => randomBytes(32).toString('base64url');
  return {
    databaseOwnerPassword: random(),
    databaseAppPassword: random(),
    inferenceSaltSecret: random(),
  };
}
