import { estimateReserved, type Gpu } from './hardware.js';

/** In the order of the columns. */
export const QUERY_FIELDS = [
  'index',
  'uuid',
  'name',
  'memory.total',
  'memory.used',
  'compute_cap',
  'driver_version',
  'memory.reserved',
  'mig.mode.current',
  'ecc.mode.current',
] as const;
/** What drivers before 510 know; the others are left empty. */
export const OLD_QUERY_FIELDS = QUERY_FIELDS.slice(0, 5);

const MIB = 2 ** 20;
/** nvidia-smi's words for "this card does not tell". */
const NOT_TOLD =
  /^\[?(?:n\/a|not supported|unknown error|insufficient permissions|requested functionality.*)\]?$/i;

export interface ParsedGpus {
  readonly gpus: readonly Gpu[];
  /** What was left out and why, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads `--query-gpu=<fields> --format=csv,noheader,nounits`. A line that is no card, a card without a size and a card that
 * is divided by MIG are left out and named.
 */
export function parseNvidiaSmi(output: string, fields: readonly string[] = QUERY_FIELDS): ParsedGpus {
  const gpus: Gpu[] = [];
  const notes: string[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const cells = line.split(',').map((cell) => cell.trim());
    const cell = (name: string): string | undefined => {
      const value = cells[fields.indexOf(name)];
      return value === undefined || value === '' || NOT_TOLD.test(value) ? undefined : value;
    };
    const index = wholeOf(cell('index'));
    if (index === undefined || cells.length !== fields.length) {
      notes.push(`nvidia-smi said something that is no card: ${JSON.stringify(line.trim().slice(0, 200))}.`);
      continue;
    }
    const total = wholeOf(cell('memory.total'));
    if (total === undefined || total === 0)
      notes.push(`Card ${index} does not tell its memory and is left out.`);
    else if (cell('mig.mode.current')?.toLowerCase() === 'enabled')
      notes.push(
        `Card ${index} is divided by MIG and is left out: a plan needs whole cards (nvidia-smi -mig 0).`,
      );
    else gpus.push(gpuOf(index, total * MIB, cell));
  }
  return { gpus: gpus.sort((a, b) => a.index - b.index), notes };
}

function gpuOf(index: number, total: number, cell: (name: string) => string | undefined): Gpu {
  const reserved = wholeOf(cell('memory.reserved'));
  const used = (wholeOf(cell('memory.used')) ?? 0) * MIB;
  const memory = total - (reserved === undefined ? estimateReserved(total) : reserved * MIB);
  const capability = Number(cell('compute_cap'));
  return {
    index,
    uuid: cell('uuid'),
    name: cell('name') ?? `GPU ${index}`,
    memory,
    used: Math.min(used, memory),
    capability: capability > 0 ? capability : undefined,
    driver: cell('driver_version'),
  };
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
