import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isDead, statOf } from './stat-of.js';

const PS_TIMEOUT_MS = 5_000;

/**
 * A name for the process `pid` that no other process ever has: process ids are reused, so a recorded one is believed
 * only together with the start time (and the boot it is counted from). Nothing when there is no such process.
 */
export function processIdentity(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | undefined {
  const stat = statOf(pid);
  if (!stat || isDead(stat)) return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${pid}:${stat.started}:${boot}`;
}

function fromPs(pid: number): string | undefined {
  const ps = spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], {
    encoding: 'utf8',
    timeout: PS_TIMEOUT_MS,
  });
  const started = ps.status === 0 ? ps.stdout.trim() : '';
  return started ? `${pid}:${started}` : undefined;
}
