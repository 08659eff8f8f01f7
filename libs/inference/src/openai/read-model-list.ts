import { engineInstance, type EngineInstance } from '@lorekeep/contracts';
import { InferenceFault } from '../inference.errors.js';

export interface ModelCard {
  readonly id: string;
  /** Tokens of prompt and answer together; null where the server does not say. */
  readonly contextTokens: number | null;
  /** Requests at once; null where the server does not say: an engine host does. */
  readonly sequences: number | null;
}

export interface ModelList {
  readonly cards: readonly ModelCard[];
  /** How an engine host's models are, those that cannot be asked yet too; empty for other servers. */
  readonly instances: readonly EngineInstance[];
}

/** @throws InferenceFault for what is no list of models */
export function readModelList(body: string): ModelList {
  let list: { data?: unknown; instances?: unknown };
  try {
    list = JSON.parse(body) as typeof list;
  } catch {
    // The parser's message quotes what it read.
    throw new InferenceFault('INFERENCE_BROKEN');
  }
  if (!Array.isArray(list?.data)) throw new InferenceFault('INFERENCE_BROKEN');
  return { cards: list.data.flatMap(readCard), instances: readInstances(list.instances) };
}

function readCard(value: unknown): ModelCard[] {
  const card = value as { id?: unknown; max_model_len?: unknown; max_num_seqs?: unknown } | null;
  const { id, max_model_len: length, max_num_seqs: sequences } = card ?? {};
  if (typeof id !== 'string') return [];
  return [{ id, contextTokens: countOf(length), sequences: countOf(sequences) }];
}

/** What a host of another version says that is not understood is left out: it is shown, and nothing depends on it. */
function readInstances(value: unknown): EngineInstance[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => engineInstance.safeParse(one).data ?? []);
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}
