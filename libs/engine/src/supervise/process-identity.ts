import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PS_TIMEOUT_MS = 5_000;

/** A process that nobody else can be mistaken for: ids are reused, start times within one boot are not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time, and on Linux the boot that it is counted from. */
  readonly started: string;
  /** SHA-256 of the command line, so that no argument is written down. */
  readonly command: string;
}

/** The process as it is now; nothing when there is none, or only its corpse. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const read = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  return read && { pid, started: read.started, command: hash(read.command) };
}

/** Whether what runs under that id is what was written down. */
export async function isSame(written: ProcessIdentity): Promise<boolean> {
  const now = await identify(written.pid);
  return now !== undefined && now.started === written.started && now.command === written.command;
}

/** Processes of the group, the leader among them. */
export async function membersOf(group: number): Promise<number[]> {
  if (process.platform !== 'linux') {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,pgid=,stat='], { timeout: PS_TIMEOUT_MS });
    const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
    return rows
      .filter(([, pgid, state]) => Number(pgid) === group && !state?.startsWith('Z'))
      .map(([pid]) => Number(pid));
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(async (pid) => ({ pid, fields: await statOf(pid) })));
  // 0 is the state, 2 the group; corpses hold neither memory nor ports.
  return stats
    .filter(({ fields }) => Number(fields?.[2]) === group && !isDead(fields?.[0]))
    .map(({ pid }) => pid);
}

async function fromProc(pid: number): Promise<{ started: string; command: string } | undefined> {
  try {
    const [fields, boot, command] = await Promise.all([
      statOf(pid),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    if (!fields || isDead(fields[0])) return undefined;
    return { started: `${fields[19]}:${boot.trim()}`, command };
  } catch {
    return undefined;
  }
}

/** Fields of /proc/<pid>/stat after the command's name, which may itself hold blanks and brackets. */
async function statOf(pid: number): Promise<string[] | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

async function fromPs(pid: number): Promise<{ started: string; command: string } | undefined> {
  try {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'lstart=,command='], {
      timeout: PS_TIMEOUT_MS,
    });
    // `Sat Nov 21 14:06:23 2026 /usr/bin/python …`
    const text = stdout.trim();
    return text ? { started: text.slice(0, 24), command: text.slice(24).trim() } : undefined;
  } catch {
    return undefined;
  }
}

const isDead = (state: string | undefined): boolean => state === undefined || state === 'Z' || state === 'X';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
