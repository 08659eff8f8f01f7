import { setTimeout as wait } from 'node:timers/promises';

/** Longer than a refused sign-in takes, in milliseconds. */
const STEP_MS = 250;

/**
 * Refused sign-ins are answered at even times: of an organisation that exists they are counted and recorded in the
 * database, which would tell it from others.
 */
export async function evenTime(spentMs: number): Promise<void> {
  await wait(untilEven(spentMs));
}

/** Milliseconds until the next full step. */
export function untilEven(spentMs: number): number {
  return STEP_MS - (spentMs % STEP_MS);
}
