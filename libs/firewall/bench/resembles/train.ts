import { CONCEPT_WEIGHTS, GRAM_BITS, readWindows } from '../../src/resembles/read-windows.js';
import { CONCEPT_SHARE, CONCEPTS_MIN, isAbout, type Likeness } from '../../src/resembles/score-window.js';

/** A text that is learnt from; `group` is its source or family. */
export interface Example {
  readonly group: string;
  readonly isAttack: boolean;
  /** Of an attack: which of the kinds of its likeness. */
  readonly kind?: number;
  /** Canonical. */
  readonly text: string;
}

/** The numbers of the weights of one window, and how much each counts. */
interface Seen {
  readonly grams: Uint16Array;
  readonly concepts: Uint16Array;
  readonly isAbout: boolean;
}

export interface Model {
  readonly grams: Float64Array;
  readonly concepts: Float64Array;
  bias: number;
}

export interface Settings {
  readonly rounds: number;
  readonly rate: number;
  readonly decay: number;
  /** Examples of a group that count in full; more of them count less each. */
  readonly attacksOfGroup: number;
  readonly othersOfGroup: number;
  /** How much an attack counts against another text. */
  readonly attackShare: number;
  /** Orders of examples whose weights are averaged. */
  readonly turns: number;
}

export const SETTINGS: Settings = {
  rounds: 6,
  rate: 0.1,
  decay: 1e-6,
  attacksOfGroup: 100,
  othersOfGroup: 600,
  attackShare: 2,
  turns: 3,
};

/** Windows at the beginning of a text that are learnt from. */
const WINDOWS_MAX = 64;

export function windowsOf(text: string, likeness: Likeness): Seen[] {
  const windows: Seen[] = [];
  readWindows(
    text,
    (window) => {
      const { grams, gramsFrom, gramsTo, concepts, conceptCount } = window;
      if (windows.length < WINDOWS_MAX)
        windows.push({
          grams: grams.slice(gramsFrom, gramsTo),
          concepts: concepts.slice(0, conceptCount),
          isAbout: isAbout(likeness, window),
        });
    },
    likeness.letters,
  );
  return windows;
}

function scoreSeen(model: Model, { grams, concepts }: Seen): number {
  let [ofGrams, ofConcepts] = [0, 0];
  for (const at of grams) ofGrams += model.grams[at] ?? 0;
  for (const at of concepts) ofConcepts += model.concepts[at] ?? 0;
  return (
    model.bias +
    ofGrams / Math.sqrt(grams.length + 1) +
    (CONCEPT_SHARE * ofConcepts) / Math.sqrt(concepts.length + 1)
  );
}

/** The most that a window of the text comes to, less what is asked of each of so many. */
export function scoreText(
  model: Model,
  windows: readonly Seen[],
  { perWindows, unnamed, addsUp }: Likeness,
): number {
  const scores = windows
    .filter(({ concepts }) => concepts.length >= CONCEPTS_MIN)
    .map((one) => scoreSeen(model, one) - (one.isAbout ? 0 : unnamed));
  const odds = scores.reduce((sum, score) => sum + Math.exp(score), 0);
  const most = addsUp ? Math.log(odds) : Math.max(-Infinity, ...scores);
  return most - perWindows * Math.log(Math.max(1, windows.length));
}

/** Deterministic: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Read extends Example {
  readonly windows: readonly Seen[];
}

/**
 * Logistic regression by AdaGrad. Of an attack only the window counts that looks most like one, since the others may be
 * an ordinary question beside it; of all other texts every window counts.
 */
export function train(examples: readonly Read[], settings = SETTINGS): Model {
  const mean = noWeights();
  for (let turn = 1; turn <= settings.turns; turn++) {
    const { grams, concepts, bias } = trainOnce(examples, settings, turn);
    grams.forEach((weight, at) => (mean.grams[at] = (mean.grams[at] ?? 0) + weight / settings.turns));
    concepts.forEach(
      (weight, at) => (mean.concepts[at] = (mean.concepts[at] ?? 0) + weight / settings.turns),
    );
    mean.bias += bias / settings.turns;
  }
  return mean;
}

function noWeights(): Model {
  return { grams: new Float64Array(2 ** GRAM_BITS), concepts: new Float64Array(CONCEPT_WEIGHTS), bias: 0 };
}

function trainOnce(examples: readonly Read[], settings: Settings, seed: number): Model {
  const random = randomFrom(seed);
  const model = noWeights();
  const learner = new Learner(model, settings);
  const sizes = new Map<string, number>();
  for (const { group } of examples) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...examples];
  for (let round = 0; round < settings.rounds; round++) {
    shuffle(order, random);
    for (const { group, isAttack, windows } of order) {
      const most = isAttack ? settings.attacksOfGroup : settings.othersOfGroup;
      const share = Math.min(1, most / (sizes.get(group) ?? 1)) * (isAttack ? settings.attackShare : 1);
      if (!isAttack) for (const one of windows) learner.step(one, 0, share);
      else learner.step(likest(model, windows), 1, share);
    }
  }
  return model;
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
}

function likest(model: Model, windows: readonly Seen[]): Seen {
  let most = -Infinity;
  let found = windows[0] as Seen;
  for (const one of windows) {
    const score = scoreSeen(model, one);
    if (score > most) [most, found] = [score, one];
  }
  return found;
}

/** Squares of all steps so far, by weight. */
class Learner {
  private readonly ofGrams: Float64Array;
  private readonly ofConcepts: Float64Array;
  private ofBias = 1e-3;

  constructor(
    private readonly model: Model,
    private readonly settings: Settings,
  ) {
    this.ofGrams = new Float64Array(model.grams.length).fill(1e-3);
    this.ofConcepts = new Float64Array(model.concepts.length).fill(1e-3);
  }

  step(seen: Seen, wanted: number, share: number): void {
    const { model } = this;
    const guessed = 1 / (1 + Math.exp(-scoreSeen(model, seen)));
    const error = (guessed - wanted) * share;
    if (Math.abs(error) < 1e-4) return;
    const { grams, concepts } = seen;
    this.move(model.grams, this.ofGrams, grams, error / Math.sqrt(grams.length + 1));
    const slope = (CONCEPT_SHARE * error) / Math.sqrt(concepts.length + 1);
    this.move(model.concepts, this.ofConcepts, concepts, slope);
    this.ofBias += error * error;
    model.bias -= (0.3 * this.settings.rate * error) / Math.sqrt(this.ofBias);
  }

  private move(weights: Float64Array, squares: Float64Array, at: Uint16Array, slope: number): void {
    const { rate, decay } = this.settings;
    for (const i of at) {
      const weight = weights[i] ?? 0;
      const step = slope + decay * weight;
      const square = (squares[i] ?? 0) + step * step;
      squares[i] = square;
      weights[i] = weight - (rate * step) / Math.sqrt(square);
    }
  }
}

/** Which attack a window is, by its concepts: one weight for each of them and each kind. */
export function trainKinds(
  examples: readonly Read[],
  model: Model,
  { kinds }: Likeness,
  rounds = 8,
): Float64Array[] {
  const random = randomFrom(2);
  const weights = kinds.map(() => new Float64Array(CONCEPT_WEIGHTS));
  const attacks = examples.filter(({ isAttack }) => isAttack);
  for (let round = 0; round < rounds; round++) {
    shuffle(attacks, random);
    for (const { windows, kind } of attacks) {
      const { concepts } = likest(model, windows);
      const norm = 1 / Math.sqrt(concepts.length + 1);
      const sums = weights.map((one) => norm * concepts.reduce((sum, at) => sum + (one[at] ?? 0), 0));
      const parts = sums.map((sum) => Math.exp(sum));
      const all = parts.reduce((sum, part) => sum + part, 0);
      weights.forEach((one, at) => {
        const error = (parts[at] ?? 0) / all - (at === kind ? 1 : 0);
        for (const i of concepts) one[i] = (one[i] ?? 0) - 0.3 * norm * error;
      });
    }
  }
  return weights;
}

/** The share of attacks whose kind is found. */
export function kindsFound(
  examples: readonly Read[],
  model: Model,
  weights: readonly Float64Array[],
): number {
  const attacks = examples.filter(({ isAttack }) => isAttack);
  const right = attacks.filter(({ windows, kind }) => {
    const { concepts } = likest(model, windows);
    const sums = weights.map((one) => concepts.reduce((sum, at) => sum + (one[at] ?? 0), 0));
    return sums.indexOf(Math.max(...sums)) === kind;
  });
  return right.length / attacks.length;
}
