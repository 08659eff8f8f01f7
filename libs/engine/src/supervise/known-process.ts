import { processIdentity } from '@lorekeep/kit/process';
import { z } from 'zod';

/** A process as it is written down: nothing of its command line, which may hold keys. */
export const processSchema = z.object({ pid: z.int().min(2), identity: z.string() });
export type KnownProcess = z.infer<typeof processSchema>;

/** The process as it is now; nothing when there is none, or only its corpse. */
export function identify(pid: number): KnownProcess | undefined {
  const identity = processIdentity(pid);
  return identity === undefined ? undefined : { pid, identity };
}

/** Whether what runs under that id is what was written down. */
export function isSame({ pid, identity }: KnownProcess): boolean {
  return processIdentity(pid) === identity;
}
