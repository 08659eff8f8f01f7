import { readFileSync, writeFileSync } from 'node:fs';

const DEFAULTS = {
  /** Milliseconds from the start of the process to the listening server. */
  startMs: 200,
  /** A kind of `start-failures.mjs`. */
  fail: null,
  /** Fails with OOM above this utilisation, and above this number of sequences. */
  oomAboveUtilization: 1,
  oomAboveSequences: Infinity,
  /** Fails with "estimated maximum model length is N" above this context. */
  contextMax: Infinity,
  /** GiB that are free of `totalGib`: fails where the utilisation asks for more. */
  freeGib: 24,
  totalGib: 24,
  /** Compiled graphs come from the cache. */
  warm: false,
  firstTokenMs: 0,
  tokenMs: 0,
  /** From this answer on (1 = the second) the text is garbage. */
  garbageFrom: Infinity,
  /** Cards that die when they talk to each other directly, without a word of Python. */
  brokenPeerToPeer: false,
  /** Faults of chat completions from the first on, as POST /_control/faults takes them. */
  faults: [],
  /** Recorded: 9.0 s of silence after a worker's death, 4.3 s from the core's death to the end. */
  deathScale: 1,
};

/** The entry for this start: each start counts one up in `<file>.count`; none takes its time once `<file>.hurry` is there. */
export function steerStart(file, flags) {
  if (!file) return DEFAULTS;
  const starts = JSON.parse(readFileSync(file, 'utf8')).starts ?? [];
  const count = countUp(`${file}.count`);
  const steer = { ...DEFAULTS, ...(starts[Math.min(count, starts.length - 1)] ?? {}) };
  if (!steer.fail) steer.fail = failureOf(steer, flags);
  steer.hurryFile = `${file}.hurry`;
  return steer;
}

function failureOf(steer, { utilization, maxModelLen, maxNumSeqs, customAllReduce }) {
  if (steer.brokenPeerToPeer && customAllReduce) return 'peer-to-peer';
  if (utilization > steer.oomAboveUtilization || maxNumSeqs > steer.oomAboveSequences) return 'out-of-memory';
  if (maxModelLen > steer.contextMax) return 'context-over-cache';
  if (utilization * steer.totalGib > steer.freeGib) return 'free-memory';
  return null;
}

function countUp(path) {
  let count = 0;
  try {
    count = Number(readFileSync(path, 'utf8'));
  } catch {
    // The first start.
  }
  writeFileSync(path, String(count + 1));
  return count;
}
