import type { Category } from '../rules/rule.js';
import { CONCEPTS, type Concept } from './concepts.js';
import { CONCEPT_WEIGHTS, WINDOW_MAX, type Around, type Window } from './read-windows.js';
import { WEIGHTS } from './weights.js';
import { WEIGHTS_OF_DOCUMENTS } from './weights-of-documents.js';

/** Weights of one look at a text; lists are signed bytes in base64, each with what one of them is worth. */
interface Look {
  readonly bias: number;
  readonly scales: readonly number[];
  readonly parts: readonly string[];
}

/** A text of Chinese says less in a word, and ordinary ones come to other sums: each script has cuts of its own. */
export const SCRIPTS = ['latin', 'han'] as const;
export type Script = (typeof SCRIPTS)[number];

/** What is asked of any text, and how much more of one that is two signs. */
export interface Cuts {
  readonly threshold: number;
  readonly certain: number;
}

/** What bench/fit-resembles.ts writes. */
export interface Weights {
  readonly cuts: Readonly<Record<Script, Cuts>>;
  readonly windows: Look;
  readonly around: Look;
  readonly kinds: string;
}

/** What texts of one sort may look like, and how they are read for it. */
export interface Likeness {
  readonly weights: Weights;
  /** What a window may look like, in the order of their weights. */
  readonly kinds: readonly Category[];
  /** Sentences are read together up to this many letters. */
  readonly letters: number;
  /** Concepts of which a window names one, or so much more is asked of it. */
  readonly about: readonly Concept[];
  readonly unnamed: number;
  /** Windows that look like an attack add up, or the one that does most counts alone. */
  readonly addsUp: boolean;
  /** Each window of a long text is another chance to look like an attack by accident: so much more is asked of it. */
  readonly perWindows: number;
  /** From this logit on, what stands around its likeliest window is looked at: so many windows on either side. */
  readonly from: number;
  readonly reach: number;
}

/** What people ask. */
export const OF_QUESTIONS: Likeness = {
  weights: WEIGHTS,
  kinds: ['direct-injection', 'prompt-leak', 'jailbreak'],
  letters: WINDOW_MAX,
  about: [],
  unnamed: 0,
  addsUp: true,
  perWindows: 0.6,
  from: -1,
  reach: 1,
};
/** Documents: an order is a sentence or two among others, and mostly says to what machine it speaks. */
export const OF_DOCUMENTS: Likeness = {
  weights: WEIGHTS_OF_DOCUMENTS,
  kinds: ['document-instruction'],
  letters: 180,
  about: ['machine', 'automaton', 'reader'],
  unnamed: 1.5,
  addsUp: false,
  perWindows: 0.4,
  from: -2,
  reach: 4,
};

/** How much the concepts of a window count against its words. */
const CONCEPT_SHARE = 0.8;
/** Of sequences of words, concepts, and letters. */
export const SHARES: readonly number[] = [1, CONCEPT_SHARE, 1];

interface Model {
  readonly grams: Int8Array;
  readonly concepts: Int8Array;
  readonly around: readonly Int8Array[];
  readonly kinds: readonly Int8Array[];
}

const models = new Map<Likeness, Model>();

function bytes(base64 = ''): Int8Array {
  return Int8Array.from(Buffer.from(base64, 'base64'));
}

function modelOf(likeness: Likeness): Model {
  let model = models.get(likeness);
  if (model) return model;
  const { weights, kinds } = likeness;
  const ofKinds = bytes(weights.kinds);
  const [grams, concepts] = weights.windows.parts;
  model = {
    grams: bytes(grams),
    concepts: bytes(concepts),
    around: weights.around.parts.map(bytes),
    kinds: kinds.map((_, at) => ofKinds.subarray(at * CONCEPT_WEIGHTS, (at + 1) * CONCEPT_WEIGHTS)),
  };
  models.set(likeness, model);
  return model;
}

/** An attack says something of something: names, keys and code stand for little, and are left alone. */
export const CONCEPTS_MIN = 3;

/** How much a window looks like an attack: a logit, less what is asked of one that is about nothing of the sort. */
export function scoreWindow(likeness: Likeness, window: Window): number {
  const { grams, gramsFrom, gramsTo, concepts, conceptCount } = window;
  if (conceptCount < CONCEPTS_MIN) return -Infinity;
  const model = modelOf(likeness);
  const { scales, bias } = likeness.weights.windows;
  let [ofGrams, ofConcepts] = [0, 0];
  for (let i = gramsFrom; i < gramsTo; i++) ofGrams += model.grams[grams[i] ?? 0] ?? 0;
  for (let i = 0; i < conceptCount; i++) ofConcepts += model.concepts[concepts[i] ?? 0] ?? 0;
  return (
    ((scales[0] ?? 0) * ofGrams) / Math.sqrt(gramsTo - gramsFrom + 1) +
    (CONCEPT_SHARE * (scales[1] ?? 0) * ofConcepts) / Math.sqrt(conceptCount + 1) +
    bias -
    (isAbout(likeness, window) ? 0 : likeness.unnamed)
  );
}

/** How much what stands around a window looks like an attack: another logit. */
export function scoreAround(likeness: Likeness, { parts }: Around): number {
  const { around } = modelOf(likeness);
  const { scales, bias } = likeness.weights.around;
  return parts.reduce((score, numbers, at) => {
    const weights = around[at];
    let sum = 0;
    for (const number of numbers) sum += weights?.[number] ?? 0;
    return score + ((SHARES[at] ?? 0) * (scales[at] ?? 0) * sum) / Math.sqrt(numbers.length + 1);
  }, bias);
}

/** Whether a window names what attacks of this sort are about. */
export function isAbout({ about }: Likeness, { concepts, conceptCount }: Window): boolean {
  if (about.length === 0) return true;
  for (let i = 0; i < conceptCount; i++) {
    const concept = CONCEPTS[concepts[i] ?? 0];
    if (concept !== undefined && about.includes(concept)) return true;
  }
  return false;
}

/** Which attack it looks like, by the concepts in it. */
export function kindOf(likeness: Likeness, { concepts, conceptCount }: Window): Category {
  const { kinds } = likeness;
  const sums = modelOf(likeness).kinds.map((weights) => {
    let sum = 0;
    for (let i = 0; i < conceptCount; i++) sum += weights[concepts[i] ?? 0] ?? 0;
    return sum;
  });
  return kinds[sums.indexOf(Math.max(...sums))] ?? 'direct-injection';
}

const HAN_FROM = 0x3400;
const HAN_TO = 0x9fff;
/** Names and code stand in Chinese texts as well. */
const HAN_SHARE = 0.2;

/** The script of a part of a text, UTF-16 units. */
export function scriptOf(text: string, start: number, end: number): Script {
  let han = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= HAN_FROM && unit <= HAN_TO) han++;
  }
  return han > HAN_SHARE * (end - start) ? 'han' : 'latin';
}
