import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isSame, processSchema } from '../supervise/known-process.js';
import { WeightsFault } from './weights.errors.js';

/** Says who fills the folder; left behind by a crash it holds nobody up. */
export const HOLD_FILE = '.fetching.json';

/** Runs `work` while no other fetch fills the folder. Throws WeightsFault where one does. */
export async function holdFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, HOLD_FILE);
  for (let tries = 0; !(await take(path)); tries++) {
    if (tries > 0 || (await isHeld(path)))
      throw new WeightsFault(
        'ENGINE_WEIGHTS_BUSY',
        `Another fetch is filling ${folder}; wait for it or end it.`,
      );
    await rm(path, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(identify(process.pid) ?? {}));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isHeld(path: string): Promise<boolean> {
  try {
    return isSame(processSchema.parse(JSON.parse(await readFile(path, 'utf8'))));
  } catch {
    return false;
  }
}
