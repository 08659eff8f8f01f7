import {
  AROUND_BITS,
  CONCEPT_WEIGHTS,
  GRAM_BITS,
  readAround,
  readWindows,
} from '../../src/resembles/read-windows.js';
import { CONCEPTS_MIN, isAbout, SHARES, type Likeness } from '../../src/resembles/score-window.js';

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
interface Seen {
  readonly parts: readonly Uint16Array[];
  readonly isAbout: boolean;
}

export interface Model {
  readonly parts: readonly Float32Array[];
  bias: number;
}

/** How many weights each part of a model has. */
export const OF_WINDOWS = [2 ** GRAM_BITS, CONCEPT_WEIGHTS];
export const OF_AROUND = [2 ** AROUND_BITS, CONCEPT_WEIGHTS, 2 ** AROUND_BITS];

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
          parts: [grams.slice(gramsFrom, gramsTo), concepts.slice(0, conceptCount)],
          isAbout: isAbout(likeness, window),
        });
    },
    likeness.letters,
  );
  return windows;
}

const NOTHING = new Uint16Array(0);
const conceptsOf = ({ parts }: Seen): Uint16Array => parts[1] ?? NOTHING;
/** What the sum of the weights of a part counts. */
const shareOf = (seen: Seen, part: number): number =>
  (SHARES[part] ?? 0) / Math.sqrt((seen.parts[part]?.length ?? 0) + 1);

export function scoreSeen(model: Model, seen: Seen): number {
  const { parts } = seen;
  let score = model.bias;
  for (let part = 0; part < parts.length; part++)
    score += shareOf(seen, part) * sumOf(parts[part] ?? NOTHING, model.parts[part] ?? NO_WEIGHTS);
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
  /** What stands around a window, by its place, as far as it was asked for. */
  readonly arounds: Map<number, Seen>;
}

/** Texts as what stands around the window of each that looks most like an attack. */
export function aroundLikeliest(model: Model, reads: readonly Read[], likeness: Likeness): Read[] {
  const scored = (one: Seen): number =>
    conceptsOf(one).length < CONCEPTS_MIN
      ? -Infinity
      : scoreSeen(model, one) - (one.isAbout ? 0 : likeness.unnamed);
  return reads
    .filter(({ windows }) => windows.length > 0)
    .map((read) => {
      const scores = read.windows.map(scored);
      const at = scores.indexOf(Math.max(...scores));
      let around = read.arounds.get(at);
      if (!around) {
        readWindows(read.text, () => undefined, likeness.letters);
        const { parts } = readAround(read.text, at, likeness.reach);
        around = { parts: parts.map((numbers) => numbers.slice()), isAbout: true };
        read.arounds.set(at, around);
      }
      return { ...read, windows: [around] };
    });
}

/**
 * Logistic regression by AdaGrad. Of an attack only the window counts that looks most like one, since the others may be
 * an ordinary question beside it; of all other texts every window counts.
 */
export function train(examples: readonly Read[], sizes = OF_WINDOWS, settings = SETTINGS): Model {
  const mean = noWeights(sizes);
  for (let turn = 1; turn <= settings.turns; turn++) {
    const { parts, bias } = trainOnce(examples, sizes, settings, turn);
    for (const [part, weights] of parts.entries()) {
      const sums = mean.parts[part] as Float32Array;
      weights.forEach((weight, at) => (sums[at] = (sums[at] ?? 0) + weight / settings.turns));
    }
    mean.bias += bias / settings.turns;
  }
  return mean;
}

function noWeights(sizes: readonly number[]): Model {
  return { parts: sizes.map((size) => new Float32Array(size)), bias: 0 };
}

function trainOnce(
  examples: readonly Read[],
  sizes: readonly number[],
  settings: Settings,
  seed: number,
): Model {
  const random = randomFrom(seed);
  const model = noWeights(sizes);
  const learner = new Learner(model, settings);
  const texts = new Map<string, number>();
  for (const { group } of examples) texts.set(group, (texts.get(group) ?? 0) + 1);
  const order = [...examples];
  for (let round = 0; round < settings.rounds; round++) {
    shuffle(order, random);
    for (const { group, isAttack, windows } of order) {
      const most = isAttack ? settings.attacksOfGroup : settings.othersOfGroup;
      const share = Math.min(1, most / (texts.get(group) ?? 1)) * (isAttack ? settings.attackShare : 1);
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
    for (let part = 0; part < seen.parts.length; part++)
      this.move(part, seen.parts[part] ?? NOTHING, error * shareOf(seen, part));
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
