import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommandContext } from '../command-context.js';
import { engineDoor } from '../engine/engine-door.js';

const stages = z.record(z.string(), z.number().min(0).max(86_400));

/** How long the last start of the model took on this machine's engine host, warm-up included; null without one. */
export async function coldStartOf(context: CommandContext, model: string): Promise<number | null> {
  try {
    const door = engineDoor(context);
    const status = await door.status();
    const instance = status?.instances.find((candidate) => candidate.model === model);
    if (!instance) return null;
    const times = stages.parse(
      JSON.parse(readFileSync(join(door.dataDir, `${instance.id}.times.json`), 'utf8')),
    );
    return Object.values(times).reduce((sum, value) => sum + value, 0);
  } catch {
    // Settings of the data folder that are wrong are no concern of a bench.
    return null;
  }
}
