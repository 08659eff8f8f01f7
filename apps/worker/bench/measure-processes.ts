import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Own time, and that of children that have ended, in seconds. */
  readonly seconds: number;
  readonly residentBytes: number;
}

/** Processor seconds by kind, of this process with its parsers and of a database server. */
export interface ProcessTimes {
  readonly worker: number;
  readonly parsers: number;
  readonly database: number;
}

const PAGE_BYTES = 4_096;

function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // Behind the name, which may hold anything: state, parent, …
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
        .map(Number);
      const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
      return [
        {
          pid: Number(name),
          parent: fields[1] ?? 0,
          seconds: ticks / TICKS_PER_SECOND,
          residentBytes: (fields[21] ?? 0) * PAGE_BYTES,
        },
      ];
    } catch {
      // Ended meanwhile: its parent has its time.
      return [];
    }
  });
}

/** `server`: process id of the postmaster. Time of children that ended counts with their parent. */
export function processTimes(server: number): ProcessTimes {
  const all = processes();
  const sum = (list: readonly Process[]): number => list.reduce((total, { seconds }) => total + seconds, 0);
  const own = process.cpuUsage();
  const worker = (own.user + own.system) / 1e6;
  const endedParsers = (all.find(({ pid }) => pid === process.pid)?.seconds ?? worker) - worker;
  return {
    worker,
    parsers:
      Math.max(0, endedParsers) +
      sum(all.filter(({ pid, parent }) => parent === process.pid && pid !== server)),
    database: sum(all.filter(({ pid, parent }) => pid === server || parent === server)),
  };
}

/** Resident megabytes of this process and of its largest child. */
export function memoryNow(server: number): { worker: number; parser: number } {
  const children = processes().filter(({ pid, parent }) => parent === process.pid && pid !== server);
  const largest = Math.max(0, ...children.map(({ residentBytes }) => residentBytes));
  return { worker: Math.round(process.memoryUsage.rss() / 1e6), parser: Math.round(largest / 1e6) };
}
