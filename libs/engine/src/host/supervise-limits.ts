import type { SuperviseLimits } from '../supervise/instance-parts.js';
import type { EngineConfig } from './engine.config.js';

/** Health may be late while a card is busy with a long prompt. */
const LOOK_TIMEOUT_MS = 2_000;
const SILENT_LOOKS = 5;
const PROCESSES_EVERY_MS = 100;
/** vLLM drains by itself for as long as it was told, and needs some seconds to let go of its cards. */
const GRACE_BEYOND_DRAIN_MS = 10_000;

export function superviseLimits(config: EngineConfig): SuperviseLimits {
  return {
    startTimeoutMs: config.ENGINE_START_SECONDS * 1000,
    answerTimeoutMs: config.ENGINE_ANSWER_SECONDS * 1000,
    lookEveryMs: config.ENGINE_LOOK_SECONDS * 1000,
    lookTimeoutMs: LOOK_TIMEOUT_MS,
    processesEveryMs: PROCESSES_EVERY_MS,
    silentLooks: SILENT_LOOKS,
    stallAfterMs: config.ENGINE_STALL_SECONDS * 1000,
    probeEveryMs: config.ENGINE_PROBE_SECONDS * 1000,
    probeTimeoutMs: config.ENGINE_PROBE_TIMEOUT_SECONDS * 1000,
    memoryShare: config.ENGINE_MEMORY_SHARE,
    memoryForMs: config.ENGINE_MEMORY_SECONDS * 1000,
    firstMs: config.ENGINE_BACKOFF_SECONDS * 1000,
    mostMs: config.ENGINE_BACKOFF_MAX_SECONDS * 1000,
    quietMs: config.ENGINE_QUIET_SECONDS * 1000,
    climbAfterMs: config.ENGINE_QUIET_SECONDS * 1000,
    drainMs: config.ENGINE_DRAIN_SECONDS * 1000,
    graceMs: config.ENGINE_DRAIN_SECONDS * 1000 + GRACE_BEYOND_DRAIN_MS,
  };
}
