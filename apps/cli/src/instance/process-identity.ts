import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A name for the process `pid` that no other process ever has: process ids are reused, so a recorded one is believed
 * only together with the start time (and the boot it is counted from). Nothing when there is no such process.
 */
export function processIdentity(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields after the command's name, which may itself contain blanks and brackets: 3 is the state, 22 the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${pid}:${fields[19]}:${boot}`;
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): string | undefined {
  const ps = spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8', timeout: 5000 });
  const started = ps.status === 0 ? ps.stdout.trim() : '';
  return started ? `${pid}:${started}` : undefined;
}
