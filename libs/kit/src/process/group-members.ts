import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isDead, statOf } from './stat-of.js';

const PS_TIMEOUT_MS = 5_000;

/** Ids of the living processes of a process group, the leader among them. */
export async function groupMembers(group: number): Promise<number[]> {
  return process.platform === 'linux' ? fromProc(group) : fromPs(group);
}

async function fromProc(group: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter((pid) => {
    const stat = statOf(pid);
    return stat?.group === group && !isDead(stat);
  });
}

async function fromPs(group: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,pgid=,stat='], {
    timeout: PS_TIMEOUT_MS,
  });
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, pgid, state]) => Number(pgid) === group && !state?.startsWith('Z'))
    .map(([pid]) => Number(pid));
}
