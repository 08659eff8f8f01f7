import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';
import { processIdentity } from '@lorekeep/kit/process';

/** What is known about the Lorekeep that runs in a data folder: DATA_DIR/instance.json, kept as long as it runs. */
export interface Instance {
  readonly pid: number;
  readonly identity: string;
  /** `start` stays until Ctrl-C; `ask` ends after its answer. */
  readonly command: 'start' | 'ask';
  readonly url: string;
  readonly ready: boolean;
  /** Gateway and worker, ended by the next start when this process was killed. */
  readonly children: readonly { readonly pid: number; readonly identity: string }[];
}

const FILE = 'instance.json';

export type Claim =
  | { readonly kind: 'claimed'; readonly abandoned?: Instance }
  | { readonly kind: 'taken'; readonly by: Instance };

/** Makes `instance` the one that runs in `dataDir`, unless a living one is there. At most one of several wins. */
export function claimInstance(dataDir: string, instance: Instance): Claim {
  makeFolder(dataDir);
  let abandoned: Instance | undefined;
  // Each round either wins, finds a living holder, or moves one dead holder away.
  for (;;) {
    if (create(dataDir, instance)) return { kind: 'claimed', ...(abandoned ? { abandoned } : {}) };
    const holder = readInstance(dataDir);
    if (holder && isRunning(holder)) return { kind: 'taken', by: holder };
    abandoned = moveAside(dataDir, instance.pid) ?? abandoned;
  }
}

/** The recorded instance, running or not. */
export function readInstance(dataDir: string): Instance | undefined {
  return parse(join(dataDir, FILE));
}

export function isRunning(instance: Instance): boolean {
  return processIdentity(instance.pid) === instance.identity;
}

/** Replaces our own record. */
export function updateInstance(dataDir: string, instance: Instance): void {
  const tmp = write(dataDir, instance);
  renameSync(tmp, join(dataDir, FILE));
}

export function releaseInstance(dataDir: string, instance: Instance): void {
  if (readInstance(dataDir)?.identity === instance.identity) rmSync(join(dataDir, FILE), { force: true });
}

function create(dataDir: string, instance: Instance): boolean {
  const tmp = write(dataDir, instance);
  try {
    // Linking creates the file with its content in one step, and fails when there is one.
    linkSync(tmp, join(dataDir, FILE));
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  } finally {
    rmSync(tmp, { force: true });
  }
}

function moveAside(dataDir: string, pid: number): Instance | undefined {
  const aside = join(dataDir, `${FILE}.${pid}.aside`);
  try {
    renameSync(join(dataDir, FILE), aside);
  } catch {
    return undefined; // another claimant was faster
  }
  const moved = parse(aside);
  try {
    // We may have moved a living one's file, written since we looked: put it back.
    if (moved && isRunning(moved)) linkSync(aside, join(dataDir, FILE));
  } catch {
    // replaced again meanwhile; the next round finds out
  }
  rmSync(aside, { force: true });
  return moved;
}

function write(dataDir: string, instance: Instance): string {
  const tmp = join(dataDir, `${FILE}.${instance.pid}.tmp`);
  writeFileSync(tmp, JSON.stringify(instance), { mode: 0o600 });
  return tmp;
}

function parse(path: string): Instance | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Instance;
  } catch {
    return undefined;
  }
}
