import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { identify, isSame, processSchema, type KnownProcess } from './known-process.js';
import type { Pace } from './pace.js';

const runSchema = z.object({ processes: z.array(processSchema).max(200) });

const ENDING = '.run.json';
const GRACE_MS = 3_000;
const POLL_MS = 50;

/** `<folder>/<instance>.run.json`: the processes of one instance, so that a next host finds what we left behind. */
export class RunFile {
  private readonly path: string;

  constructor(
    private readonly folder: string,
    instance: string,
  ) {
    this.path = join(folder, `${instance}${ENDING}`);
  }

  /** Of every instance that the folder has a run file of; tells of those that had any, and how many. */
  static async endAllOrphans(
    folder: string,
    pace: Pace,
    onEnded: (instance: string, processes: number, at: number) => void,
  ): Promise<void> {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.endsWith(ENDING)) continue;
      const instance = name.slice(0, -ENDING.length);
      const ended = await new RunFile(folder, instance).endOrphans(pace);
      if (ended > 0) onEnded(instance, ended, pace.now());
    }
  }

  async write(pids: readonly number[]): Promise<void> {
    const processes = pids.map(identify).filter((process) => process !== undefined);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(`${this.path}.new`, JSON.stringify({ processes }), { mode: 0o600 });
    await rename(`${this.path}.new`, this.path);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }

  /** What was written down and still runs as the same process. */
  async orphans(): Promise<KnownProcess[]> {
    return (await this.read()).filter(isSame);
  }

  /** Ends them by id: SIGTERM, then SIGKILL after a grace; each is looked at again before each signal. */
  async endOrphans(pace: Pace): Promise<number> {
    const orphans = await this.orphans();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      for (const orphan of orphans) if (isSame(orphan)) send(orphan.pid, signal);
      const deadline = pace.monotonic() + GRACE_MS;
      while ((await this.orphans()).length > 0 && pace.monotonic() < deadline) await pace.sleep(POLL_MS);
    }
    await this.remove();
    return orphans.length;
  }

  private async read(): Promise<KnownProcess[]> {
    try {
      const parsed = runSchema.safeParse(JSON.parse(await readFile(this.path, 'utf8')));
      return parsed.success ? parsed.data.processes : [];
    } catch {
      return [];
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended since we looked.
  }
}
