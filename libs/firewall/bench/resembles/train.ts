import { CONCEPT_WEIGHTS, GRAM_BITS, readWindows } from '../../src/resembles/read-windows.js';
import { CONCEPTS_MIN, isAbout, SHARES, type Likeness } from '../../src/resembles/score-window.js';
import { randomFrom, shuffle } from './random.js';

/** A text that is learnt from; `group` is its source or family. */
export interface Example {
  readonly group: string;
  /** Who wrote it; none of collections. */
  readonly author?: string;
  readonly isAttack: boolean;
  /** Of an attack: which of the kinds of its likeness. */
  readonly kind?: number;
  /** Canonical. */
  readonly text: string;
}

/** The numbers of the weights of a window, or of what stands around one: sequences of words, concepts, and letters. */
export interface Seen {
  readonly parts: readonly Uint16Array[];
  readonly isAbout: boolean;
}

export interface Model {
  readonly parts: readonly Float32Array[];
  bias: number;
}

/** How many weights each part of a model of windows has. */
const OF_WINDOWS = [2 ** GRAM_BITS, CONCEPT_WEIGHTS];

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
  /** What an error of what stands around windows costs against the penalty of its weights. */
  readonly costOfError: number;
}

export const SETTINGS: Settings = {
  rounds: 6,
  rate: 0.1,
  decay: 1e-6,
  attacksOfGroup: 100,
  othersOfGroup: 600,
  attackShare: 2,
  turns: 3,
  costOfError: 12,
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
          parts: [grams.slice(gramsFrom, gramsTo), concepts.slice(0, conceptCount)],
          isAbout: isAbout(likeness, window),
        });
    },
    likeness.letters,
  );
  return windows;
}

export const NOTHING = new Uint16Array(0);
export const conceptsOf = ({ parts }: Seen): Uint16Array => parts[1] ?? NOTHING;
/** What the sum of the weights of a part counts that holds so many numbers. */
export const shareOf = (length: number, part: number): number => (SHARES[part] ?? 0) / Math.sqrt(length + 1);

export function scoreSeen(model: Model, seen: Seen): number {
  const { parts } = seen;
  let score = model.bias;
  for (let part = 0; part < parts.length; part++)
    score +=
      shareOf(parts[part]?.length ?? 0, part) *
      sumOf(parts[part] ?? NOTHING, model.parts[part] ?? NO_WEIGHTS);
  return score;
}

const NO_WEIGHTS = new Float32Array(0);

function sumOf(numbers: Uint16Array, weights: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += weights[numbers[i] ?? 0] ?? 0;
  return sum;
}

/** What the windows of a text come to, less what is asked of each of so many. */
export function scoreText(
  model: Model,
  windows: readonly Seen[],
  { perWindows, unnamed, addsUp }: Likeness,
): number {
  const scores = windows
    .filter((one) => conceptsOf(one).length >= CONCEPTS_MIN)
    .map((one) => scoreSeen(model, one) - (one.isAbout ? 0 : unnamed));
  const odds = scores.reduce((sum, score) => sum + Math.exp(score), 0);
  const most = addsUp ? Math.log(odds) : Math.max(-Infinity, ...scores);
  return most - perWindows * Math.log(Math.max(1, windows.length));
}

export interface Read extends Example {
  readonly windows: readonly Seen[];
  /** What stands around a window, by its place, as far as it was asked for. */
  readonly arounds: Map<number, Seen>;
}

/**
 * Logistic regression by AdaGrad. Of an attack only the window counts that looks most like one, since the others may be
 * an ordinary question beside it; of all other texts every window counts.
 */
export function trainWindows(examples: readonly Read[], settings = SETTINGS): Model {
  const mean = noWeights(OF_WINDOWS);
  for (let turn = 1; turn <= settings.turns; turn++) {
    const { parts, bias } = trainOnce(examples, settings, turn);
    for (const [part, weights] of parts.entries()) {
      const sums = mean.parts[part] as Float32Array;
      weights.forEach((weight, at) => (sums[at] = (sums[at] ?? 0) + weight / settings.turns));
    }
    mean.bias += bias / settings.turns;
  }
  return mean;
}

/** What an error in a text counts. */
export function sharesOf(examples: readonly Read[], settings: Settings): (read: Read) => number {
  const texts = new Map<string, number>();
  for (const { group } of examples) texts.set(group, (texts.get(group) ?? 0) + 1);
  return ({ group, isAttack }) => {
    const most = isAttack ? settings.attacksOfGroup : settings.othersOfGroup;
    return Math.min(1, most / (texts.get(group) ?? 1)) * (isAttack ? settings.attackShare : 1);
  };
}

function noWeights(sizes: readonly number[]): Model {
  return { parts: sizes.map((size) => new Float32Array(size)), bias: 0 };
}

function trainOnce(examples: readonly Read[], settings: Settings, seed: number): Model {
  const random = randomFrom(seed);
  const model = noWeights(OF_WINDOWS);
  const learner = new Learner(model, settings);
  const shareOfText = sharesOf(examples, settings);
  const order = [...examples];
  for (let round = 0; round < settings.rounds; round++) {
    shuffle(order, random);
    for (const read of order) {
      const share = shareOfText(read);
      if (!read.isAttack) for (const one of read.windows) learner.step(one, 0, share);
      else learner.step(likest(model, read.windows), 1, share);
    }
  }
  return model;
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
  private readonly squares: readonly Float32Array[];
  private ofBias = 1e-3;

  constructor(
    private readonly model: Model,
    private readonly settings: Settings,
  ) {
    this.squares = model.parts.map(({ length }) => new Float32Array(length).fill(1e-3));
  }

  step(seen: Seen, wanted: number, share: number): void {
    const { model } = this;
    const guessed = 1 / (1 + Math.exp(-scoreSeen(model, seen)));
    const error = (guessed - wanted) * share;
    if (Math.abs(error) < 1e-4) return;
    for (let part = 0; part < seen.parts.length; part++) {
      const numbers = seen.parts[part] ?? NOTHING;
      this.move(part, numbers, error * shareOf(numbers.length, part));
    }
    this.ofBias += error * error;
    model.bias -= (0.3 * this.settings.rate * error) / Math.sqrt(this.ofBias);
  }

  private move(part: number, numbers: Uint16Array, slope: number): void {
    const { rate, decay } = this.settings;
    const [weights, squares] = [this.model.parts[part], this.squares[part]];
    if (!weights || !squares) return;
    for (let at = 0; at < numbers.length; at++) {
      const i = numbers[at] ?? 0;
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
      const concepts = conceptsOf(likest(model, windows));
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
    const concepts = conceptsOf(likest(model, windows));
    const sums = weights.map((one) => concepts.reduce((sum, at) => sum + (one[at] ?? 0), 0));
    return sums.indexOf(Math.max(...sums)) === kind;
  });
  return right.length / attacks.length;
}
