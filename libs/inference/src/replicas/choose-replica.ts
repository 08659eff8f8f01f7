import { createHash } from 'node:crypto';

/** What the choice looks at. */
export interface Loaded {
  readonly name: string;
  readonly slots: number;
  readonly running: number;
  readonly outstanding: number;
}

/**
 * How much busier the home of a conversation may be than the least busy replica before it is left: its cache saves
 * reading a prompt again, which is worth a little waiting and no more. In shares of a replica's sequences.
 */
export const AFFINITY_MARGIN = 0.125;
/** Tokens outstanding that weigh as much as one running sequence. */
const TOKENS_PER_SEQUENCE = 2_048;

/** Load in shares of what the replica can do at once. */
export function loadOf({ slots, running, outstanding }: Loaded): number {
  return (running + outstanding / TOKENS_PER_SEQUENCE) / slots;
}

/** The home of the conversation unless it is busier than the least busy one by a margin; null without candidates. */
export function chooseReplica<R extends Loaded>(candidates: readonly R[], affinity: string): R | null {
  const [first, ...others] = candidates;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  let least = first;
  for (const other of others) if (loadOf(other) < loadOf(least)) least = other;
  const home = homeOf(candidates, affinity) ?? first;
  return loadOf(home) - loadOf(least) > AFFINITY_MARGIN ? least : home;
}

/** Rendezvous hashing: a replica that comes or goes moves no conversation among the others. */
export function homeOf<R extends { readonly name: string }>(
  candidates: readonly R[],
  affinity: string,
): R | null {
  let home: R | null = null;
  let best = '';
  for (const candidate of candidates) {
    const score = createHash('sha256').update(`${affinity}\n${candidate.name}`).digest('hex');
    if (home === null || score > best) [home, best] = [candidate, score];
  }
  return home;
}
