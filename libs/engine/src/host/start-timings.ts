import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { STAGES, type Stage } from '../log/log-event.js';
import type { StageSeconds } from '../log/start-progress.js';

const seconds = z.number().min(0).max(86_400);
const shape = z.object(
  Object.fromEntries(STAGES.map((stage) => [stage, seconds])) as Record<Stage, typeof seconds>,
);

/** How long the stages of an instance's last start took: `<folder>/<id>.times.json`. Lost files cost a worse guess. */
export class StartTimings {
  constructor(private readonly folder: string) {}

  read(id: string): StageSeconds | undefined {
    try {
      return shape.parse(JSON.parse(readFileSync(join(this.folder, `${id}.times.json`), 'utf8')));
    } catch {
      return undefined;
    }
  }

  write(id: string, timings: StageSeconds): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(this.folder, `${id}.times.json`), JSON.stringify(timings));
    } catch {
      // The next start guesses from the recordings.
    }
  }
}
