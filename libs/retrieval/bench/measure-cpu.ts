import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux's clock, on every machine that matters. */
const TICK_MS = 10;

/** Processor time of the process `pid` with its direct children, in milliseconds; of Postgres: all backends. */
export function cpuOfServer(pid: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      // After the name: state, parent, …, user and system time at 11 and 12.
      if (Number(name) === pid || Number(fields[1]) === pid) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * TICK_MS;
}
