import type { LogEntry } from '../supervise/output-reader.js';

export interface HostLogEntry extends Omit<LogEntry, 'number'> {
  /** Counts up over all instances of this run of the host. */
  readonly number: number;
  readonly instance: string;
}

const KEPT = 1_000;
/** More followers than people who watch at once are a mistake. */
export const FOLLOWERS_MAX = 32;

/** The log of all instances: the last thousand entries, and those who follow it. */
export class LogFeed {
  private entries: HostLogEntry[] = [];
  private number = 0;
  private readonly followers = new Set<(entry: HostLogEntry) => void>();

  add(instance: string, entry: LogEntry): void {
    this.number += 1;
    const added = { ...entry, number: this.number, instance };
    this.entries.push(added);
    if (this.entries.length > KEPT) this.entries = this.entries.slice(-KEPT);
    for (const follower of this.followers) follower(added);
  }

  tail(after: number): readonly HostLogEntry[] {
    return this.entries.filter(({ number }) => number > after);
  }

  /** Nothing when too many follow already; else what ends it. */
  follow(onEntry: (entry: HostLogEntry) => void): (() => void) | undefined {
    if (this.followers.size >= FOLLOWERS_MAX) return undefined;
    this.followers.add(onEntry);
    return () => void this.followers.delete(onEntry);
  }
}
