import type { Hardware } from './hardware.js';
import { OLD_QUERY_FIELDS, parseNvidiaSmi, QUERY_FIELDS } from './parse-nvidia-smi.js';
import { parseTopology } from './parse-topology.js';
import { runProgram, type ProgramResult, type RunProgram } from './run-program.js';

/** nvidia-smi answers within a second, and within some when persistence mode is off; longer means a card is lost. */
export const NVIDIA_SMI_TIMEOUT_MS = 15_000;

export type NoHardwareCode = 'NO_NVIDIA_SMI' | 'NVIDIA_SMI_TIMEOUT' | 'NVIDIA_SMI_FAILED' | 'NO_USABLE_GPU';

/** There are no cards to plan for: a value; `sentences` say why. */
export class NoHardware {
  constructor(
    readonly code: NoHardwareCode,
    readonly sentences: readonly string[],
  ) {}
}

export interface FoundHardware extends Hardware {
  /** What was left out or could not be asked, one sentence each. */
  readonly notes: readonly string[];
}

interface ReadOptions {
  readonly run?: RunProgram;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The cards of this machine, by nvidia-smi. Peer-to-peer counts only where nvidia-smi shows it for every pair. */
export async function readHardware(options: ReadOptions = {}): Promise<FoundHardware | NoHardware> {
  const { run = runProgram, timeoutMs = NVIDIA_SMI_TIMEOUT_MS, signal } = options;
  const ask = (parameters: readonly string[]): Promise<ProgramResult> =>
    run('nvidia-smi', parameters, { timeoutMs, signal });
  let fields: readonly string[] = QUERY_FIELDS;
  let answer = await ask(query(fields));
  if (
    answer.outcome === 'ended' &&
    answer.code !== 0 &&
    /not a valid field/i.test(answer.stdout + answer.stderr)
  ) {
    fields = OLD_QUERY_FIELDS;
    answer = await ask(query(fields));
  }
  if (answer.outcome !== 'ended' || answer.code !== 0) return explain(answer, timeoutMs);
  const { gpus, notes } = parseNvidiaSmi(answer.stdout, fields);
  if (gpus.length === 0)
    return new NoHardware('NO_USABLE_GPU', ['nvidia-smi shows no card that can be used.', ...notes]);
  if (gpus.length === 1) return { gpus, peerToPeer: false, notes };
  const topology = await ask(['topo', '-p2p', 'r']);
  if (topology.outcome === 'ended' && topology.code === 0)
    return {
      gpus,
      peerToPeer: parseTopology(
        topology.stdout,
        gpus.map(({ index }) => index),
      ),
      notes,
    };
  const unknown =
    'nvidia-smi does not tell whether the cards have peer-to-peer; they are taken to have none.';
  return { gpus, peerToPeer: false, notes: [...notes, unknown] };
}

const query = (fields: readonly string[]): readonly string[] => [
  `--query-gpu=${fields.join(',')}`,
  '--format=csv,noheader,nounits',
];

function explain(answer: ProgramResult, timeoutMs: number): NoHardware {
  switch (answer.outcome) {
    case 'missing':
      return new NoHardware('NO_NVIDIA_SMI', [
        'There is no nvidia-smi here, so there is no NVIDIA GPU or its driver is not installed.',
      ]);
    case 'timeout':
      return new NoHardware('NVIDIA_SMI_TIMEOUT', [
        `nvidia-smi gave no answer within ${timeoutMs / 1000} s: a card may be lost (dmesg shows an Xid line); a restart of the machine helps.`,
      ]);
    case 'ended': {
      const [said = ''] = `${answer.stderr}\n${answer.stdout}`.trim().split(/\r?\n/);
      return new NoHardware('NVIDIA_SMI_FAILED', [
        `nvidia-smi failed (exit code ${answer.code}): ${said.slice(0, 300) || 'it said nothing'}`,
      ]);
    }
  }
}
