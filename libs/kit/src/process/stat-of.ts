import { readFileSync } from 'node:fs';

/** Of /proc/<pid>/stat, proc(5): the state's letter, the group, and the start time in clock ticks since the boot. */
export interface ProcessStat {
  readonly state: string;
  readonly group: number;
  readonly started: string;
}

/** Nothing when there is no such process, or no /proc. */
export function statOf(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 3, 5 and 22, counted after the command's name, which may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', group: Number(fields[2]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** Corpses hold neither memory nor ports. */
export function isDead({ state }: ProcessStat): boolean {
  return state === 'Z' || state === 'X';
}
