import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommandContext } from '../command-context.js';
import { engineDoor } from '../engine/engine-door.js';

const stages = z.record(z.string(), z.number().min(0).max(86_400));

/** What the engine host of this machine knows of a model. */
export interface EngineFacts {
  /** Bytes on all of its cards: weights, activation, graphs, KV cache, as vLLM said at its start. */
  readonly memory: number | null;
  /** How long its last start took, warm-up included. */
  readonly coldStartSeconds: number | null;
}

const NOTHING: EngineFacts = { memory: null, coldStartSeconds: null };

/** Nothing but nulls where no engine host runs, or the model is not one of its. */
export async function engineFacts(context: CommandContext, model: string): Promise<EngineFacts> {
  try {
    const door = engineDoor(context);
    const all = (await door.status())?.instances ?? [];
    const instances = all.filter((candidate) => candidate.model === model);
    const [first] = instances;
    if (!first) return NOTHING;
    const memory = instances.reduce((sum, { memory: parts, gpus }) => sum + total(parts) * gpus.length, 0);
    return { memory: memory > 0 ? memory : null, coldStartSeconds: startOf(door.dataDir, first.id) };
  } catch {
    // Settings of the data folder that are wrong are no concern of a bench.
    return NOTHING;
  }
}

function startOf(dataDir: string, id: string): number | null {
  try {
    return total(stages.parse(JSON.parse(readFileSync(join(dataDir, `${id}.times.json`), 'utf8'))));
  } catch {
    return null;
  }
}

const total = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((sum, value) => sum + value, 0);
