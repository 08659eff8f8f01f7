import { readFile } from 'node:fs/promises';
import { identify, isSame, type KnownProcess } from './known-process.js';

/** vLLM names its engine core and its workers so; its compilers and trackers may come and go. */
const TITLE = /^VLLM::(?:EngineCore|Worker)/;

/** Of these processes, engine core and workers: none of them may end while requests are answered. */
export async function findWorkers(pids: readonly number[]): Promise<KnownProcess[]> {
  const found = await Promise.all(
    pids.map(async (pid) => ((await isWorker(pid)) ? identify(pid) : undefined)),
  );
  return found.filter((process) => process !== undefined);
}

/** Whether one of them has gone, or its id is another's by now. vLLM itself says so nine seconds later. */
export function isOneGone(workers: readonly KnownProcess[]): boolean {
  return !workers.every(isSame);
}

async function isWorker(pid: number): Promise<boolean> {
  try {
    return TITLE.test(await readFile(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    // Not on Linux, or it has ended: the stall detector and the probe see it later.
    return false;
  }
}
