import { CONCEPT_WEIGHTS, type Window } from './read-windows.js';
import { WEIGHTS } from './weights.js';

/** What a window may look like, in the order of their weights. */
export const KINDS = ['direct-injection', 'prompt-leak', 'jailbreak'] as const;
export type Kind = (typeof KINDS)[number];

/** How much the concepts of a window count against its words. */
export const CONCEPT_SHARE = 1.2;
/** Each window of a long text is another chance to look like an attack by accident: so much more is asked of it. */
export const PER_WINDOWS = 0.6;

interface Model {
  readonly grams: Int8Array;
  readonly concepts: Int8Array;
  readonly kinds: readonly Int8Array[];
}

let model: Model | undefined;

function bytes(base64: string): Int8Array {
  return Int8Array.from(Buffer.from(base64, 'base64'));
}

function readModel(): Model {
  const kinds = bytes(WEIGHTS.kinds);
  return {
    grams: bytes(WEIGHTS.grams),
    concepts: bytes(WEIGHTS.concepts),
    kinds: KINDS.map((_, at) => kinds.subarray(at * CONCEPT_WEIGHTS, (at + 1) * CONCEPT_WEIGHTS)),
  };
}

/** An attack says something of something: names, keys and code stand for little, and are left alone. */
export const CONCEPTS_MIN = 3;

/** How much a window looks like an attack: a logit, less what is asked of any. Above 0 it does. */
export function scoreWindow({ grams, gramsFrom, gramsTo, concepts, conceptCount }: Window): number {
  if (conceptCount < CONCEPTS_MIN) return -Infinity;
  model ??= readModel();
  let [ofGrams, ofConcepts] = [0, 0];
  for (let i = gramsFrom; i < gramsTo; i++) ofGrams += model.grams[grams[i] ?? 0] ?? 0;
  for (let i = 0; i < conceptCount; i++) ofConcepts += model.concepts[concepts[i] ?? 0] ?? 0;
  return (
    (WEIGHTS.gramScale * ofGrams) / Math.sqrt(gramsTo - gramsFrom + 1) +
    (CONCEPT_SHARE * WEIGHTS.conceptScale * ofConcepts) / Math.sqrt(conceptCount + 1) +
    WEIGHTS.bias -
    WEIGHTS.threshold
  );
}

/** Which attack it looks like, by the concepts in it. */
export function kindOf({ concepts, conceptCount }: Window): Kind {
  const { kinds } = (model ??= readModel());
  const sums = kinds.map((weights) => {
    let sum = 0;
    for (let i = 0; i < conceptCount; i++) sum += weights[concepts[i] ?? 0] ?? 0;
    return sum;
  });
  return KINDS[sums.indexOf(Math.max(...sums))] ?? 'direct-injection';
}
