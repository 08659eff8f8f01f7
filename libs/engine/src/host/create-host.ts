import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import type { Hardware } from '../hardware/hardware.js';
import { parseGpuNotation } from '../hardware/parse-gpu-notation.js';
import { NoHardware, readHardware } from '../hardware/read-hardware.js';
import type { RunProgram } from '../hardware/run-program.js';
import type { PlanWishes } from '../plan/plan-wishes.js';
import type { InstanceParts } from '../supervise/instance-parts.js';
import { systemPace, type Pace } from '../supervise/pace.js';
import { ProcessGroup } from '../supervise/process-group.js';
import { replicaClient } from '../supervise/replica-client.js';
import { RunFile } from '../supervise/run-file.js';
import { CardUse } from './card-use.js';
import { EngineHost, type HostSide } from './engine-host.js';
import type { EngineConfig } from './engine.config.js';
import { LoadedWeights } from './loaded-weights.js';
import { plannedId } from './place-plan.js';
import { prepareStart, type CheckWeights } from './prepare-start.js';
import { StartTimings } from './start-timings.js';
import { StartTurns } from './start-turns.js';
import { superviseLimits } from './supervise-limits.js';

export interface HostSurroundings {
  /** What of our environment vLLM may see (PASSED_NAMES). */
  readonly environment: Readonly<Record<string, string>>;
  readonly checkWeights: CheckWeights;
  readonly pace?: Pace;
  readonly run?: RunProgram;
}

/** No card to run on: the sentences say why. */
export class NoCardsError extends Error {
  override readonly name = 'NoCardsError';
}

/** The engine host for this configuration; nothing is started yet. Throws NoCardsError, CatalogueError. */
export async function createHost(config: EngineConfig, around: HostSurroundings): Promise<EngineHost> {
  const catalogue = () => loadCatalogue(config.ENGINE_CATALOGUE);
  await catalogue();
  const hardware = await findHardware(config, around.run);
  const folder = resolve(config.ENGINE_DATA_DIR);
  const cache = join(folder, 'cache');
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const pace = around.pace ?? systemPace;
  const cards = new CardUse(pace, around.run);
  const key = randomBytes(24).toString('base64url');
  const runFile = (id: string): RunFile => new RunFile(folder, id);
  const prepareParts = { pace, cards, runFile, checkWeights: around.checkWeights };
  const timings = new StartTimings(folder);
  const turns = new StartTurns();
  const loaded = new LoadedWeights();
  const parts: Omit<InstanceParts, keyof HostSide> = {
    pace,
    limits: superviseLimits(config),
    key,
    timings: {
      read: (id) => timings.read(plannedId(id)),
      write: (id, seconds) => timings.write(plannedId(id), seconds),
    },
    // The compile cache stays across restarts: a start with it takes less than half of the time.
    launch: (plan, onLine) => {
      const own = { VLLM_API_KEY: key, VLLM_CACHE_ROOT: cache };
      const environment = { ...around.environment, ...plan.environment, ...own };
      return ProcessGroup.launch({ command: plan.command, folder, onLine, environment }, pace);
    },
    client: replicaClient,
    prepare: async (plan, say, signal) => {
      await turns.take(plan, say, signal);
      if (signal.aborted) return {};
      const prepared = await prepareStart(prepareParts, plan, say, signal);
      await loaded.note(plan);
      return prepared;
    },
    record: (id, pids) => (pids.length === 0 ? runFile(id).remove() : runFile(id).write(pids)),
    cardShare: (gpus) => cards.share(gpus),
  };
  return new EngineHost({
    catalogue,
    hardware,
    wishes: wishesOf(config),
    endOrphans: (onEnded) => RunFile.endAllOrphans(folder, pace, onEnded),
    haveWeightsChanged: (plan) => loaded.haveChanged(plan),
    instanceParts: (own) => ({
      ...parts,
      ...own,
      onChange: (status) => {
        turns.see(status);
        own.onChange(status);
      },
    }),
  });
}

async function findHardware(config: EngineConfig, run: RunProgram | undefined): Promise<Hardware> {
  if (config.ENGINE_GPUS !== '')
    return { gpus: parseGpuNotation(config.ENGINE_GPUS), peerToPeer: config.ENGINE_P2P };
  const found = await readHardware(run ? { run } : {});
  if (found instanceof NoHardware)
    throw new NoCardsError(
      `${found.sentences.join(' ')} ENGINE_GPUS, like 2x24564MiB, names cards that it does not show; README.md tells how to try it without any.`,
    );
  return found;
}

/** What the settings ask of a plan. */
export function wishesOf(config: EngineConfig): PlanWishes {
  const given = (value: number): number | undefined => (value === 0 ? undefined : value);
  return {
    context: given(config.ENGINE_CONTEXT),
    sequences: given(config.ENGINE_SEQUENCES),
    utilization: given(config.ENGINE_UTILIZATION),
    memoryShare: config.ENGINE_MEMORY_SHARE,
    replicas: given(config.ENGINE_REPLICAS),
    tensorParallel: given(config.ENGINE_TENSOR_PARALLEL),
    batchedTokens: given(config.ENGINE_BATCHED_TOKENS),
    expectedTokens: given(config.ENGINE_EXPECTED_TOKENS),
    eager: config.ENGINE_EAGER || undefined,
    speculation: config.ENGINE_SPECULATION || undefined,
    placement: config.ENGINE_PLACEMENT === 'planned' ? undefined : config.ENGINE_PLACEMENT,
    firstPort: config.ENGINE_FIRST_PORT,
    // vLLM runs in a folder of its own.
    modelsFolder: resolve(config.ENGINE_MODELS),
    program: config.ENGINE_VLLM_PROGRAM.includes('/')
      ? resolve(config.ENGINE_VLLM_PROGRAM)
      : config.ENGINE_VLLM_PROGRAM,
    drainSeconds: config.ENGINE_DRAIN_SECONDS,
  };
}
