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
  /** Why that is not known. */
  readonly coldStartMissing: string | null;
}

const NO_HOST = 'no engine host runs on this machine with this data folder (ENGINE_DATA_DIR)';
const NOT_SERVED = 'the engine host of this machine does not serve it';
const NOT_TIMED = 'the engine host has not seen one of its starts to the end';

const nothing = (why: string): EngineFacts => ({
  memory: null,
  coldStartSeconds: null,
  coldStartMissing: why,
});

/** Nothing but a reason where no engine host runs, or the model is not one of its. */
export async function engineFacts(context: CommandContext, model: string): Promise<EngineFacts> {
  try {
    const door = engineDoor(context);
    const status = await door.status();
    if (!status) return nothing(NO_HOST);
    const instances = status.instances.filter((candidate) => candidate.model === model);
    const [first] = instances;
    if (!first) return nothing(NOT_SERVED);
    const memory = instances.reduce((sum, { memory: parts, gpus }) => sum + total(parts) * gpus.length, 0);
    const coldStartSeconds = startOf(door.dataDir, first.id);
    const coldStartMissing = coldStartSeconds === null ? NOT_TIMED : null;
    return { memory: memory > 0 ? memory : null, coldStartSeconds, coldStartMissing };
  } catch {
    // Settings of the data folder that are wrong are no concern of a bench.
    return nothing(NO_HOST);
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
