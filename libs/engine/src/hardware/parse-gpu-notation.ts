import { estimateReserved, type Gpu } from './hardware.js';

export const MAX_GPUS = 64;
const UNITS: Readonly<Record<string, number>> = { mib: 2 ** 20, gib: 2 ** 30 };
const PART = /^(?:(\d{1,3})x)?(\d{1,7}(?:\.\d{1,3})?)([a-z]*)(?:@(\d{1,2}\.\d))?$/i;

/** The notation is wrong; the message names the part and shows a right one. */
export class GpuNotationError extends Error {
  override readonly name = 'GpuNotationError';
}

/**
 * `2x24564MiB`, `24564MiB,24564MiB`, `1x80GiB`; `@8.9` behind a part gives its compute capability.
 * Sizes are what nvidia-smi calls memory.total. Throws GpuNotationError.
 */
export function parseGpuNotation(text: string): readonly Gpu[] {
  const gpus = text.split(',').flatMap((part) => parsePart(part.trim()));
  if (gpus.length > MAX_GPUS)
    throw new GpuNotationError(`--gpus names ${gpus.length} cards; at most ${MAX_GPUS} can be planned for.`);
  return gpus.map((gpu, index) => ({ ...gpu, index }));
}

export function isGpuNotation(text: string): boolean {
  try {
    parseGpuNotation(text);
    return true;
  } catch {
    return false;
  }
}

function parsePart(part: string): readonly Omit<Gpu, 'index'>[] {
  const match = PART.exec(part);
  if (!match)
    throw new GpuNotationError(
      `--gpus: ${JSON.stringify(part)} is no number of cards and size; right are 2x24564MiB, 80GiB or 24564MiB,24564MiB.`,
    );
  const [, times = '1', size = '', unit = '', capability] = match;
  const factor = UNITS[unit.toLowerCase()];
  if (factor === undefined)
    throw new GpuNotationError(
      `--gpus: ${JSON.stringify(part)} needs MiB or GiB behind its size${unit === '' ? '' : `, not ${unit}`}.`,
    );
  const total = Math.floor(Number(size) * factor);
  if (Number(times) === 0) throw new GpuNotationError(`--gpus: ${JSON.stringify(part)} names no card.`);
  if (total < 2 ** 30 || total > 2 ** 42)
    throw new GpuNotationError(`--gpus: ${JSON.stringify(part)} must have 1 GiB to 4096 GiB a card.`);
  const gpu = {
    uuid: undefined,
    name: `GPU of ${size} ${unit}`,
    memory: total - estimateReserved(total),
    used: 0,
    capability: capability === undefined ? undefined : Number(capability),
    driver: undefined,
  };
  return Array.from({ length: Number(times) }, () => gpu);
}
