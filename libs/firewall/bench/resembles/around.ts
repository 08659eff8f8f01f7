import { AROUND_BITS, CONCEPT_WEIGHTS, readAround, readWindows } from '../../src/resembles/read-windows.js';
import { CONCEPTS_MIN, type Likeness } from '../../src/resembles/score-window.js';
import { fitLogistic, type Row } from './logistic.js';
import {
  conceptsOf,
  scoreSeen,
  shareOf,
  sharesOf,
  type Model,
  type Read,
  type Seen,
  type Settings,
} from './train.js';

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

/** Sequences of words, concepts, and letters: how many weights, and the first of each part where all are in one list. */
const SIZES = [2 ** AROUND_BITS, CONCEPT_WEIGHTS, 2 ** AROUND_BITS];
const SIZE = SIZES.reduce((sum, size) => sum + size, 0);
const FROM = SIZES.map((_, part) => SIZES.slice(0, part).reduce((sum, size) => sum + size, 0));

/**
 * Weights of what stands around windows. What few texts hold counts for more (inverse document frequency), and all texts
 * are as long as each other in the mean.
 */
export function trainAround(reads: readonly Read[], settings: Settings): Model {
  const rarities = raritiesOf(reads);
  const shareOfText = sharesOf(reads, settings);
  const rows = reads.map((read) => rowOf(read, rarities, settings.costOfError * shareOfText(read)));
  const squares = rows.reduce(
    (sum, { values }) => sum + values.reduce((own, value) => own + value ** 2, 0),
    0,
  );
  const unit = Math.sqrt((SIZES.length * rows.length) / squares);
  for (const { values } of rows) values.forEach((value, at) => (values[at] = unit * value));
  const weights = fitLogistic(rows, SIZE);
  const scaled = weights.map((weight, at) => weight * unit * (rarities[at] ?? 0));
  return {
    bias: weights[SIZE] ?? 0,
    parts: SIZES.map((size, part) => scaled.slice(FROM[part], (FROM[part] ?? 0) + size)),
  };
}

/** The one look at a text that was taken. */
const partsOf = ({ windows }: Read): Seen['parts'] => windows[0]?.parts ?? [];

function raritiesOf(reads: readonly Read[]): Float64Array {
  const texts = new Float64Array(SIZE);
  for (const read of reads)
    for (const [part, numbers] of partsOf(read).entries())
      for (const number of numbers) {
        const at = (FROM[part] ?? 0) + number;
        texts[at] = (texts[at] ?? 0) + 1;
      }
  return texts.map((count) => Math.log((1 + reads.length) / (1 + count)) + 1);
}

function rowOf(read: Read, rarities: Float64Array, cost: number): Row {
  const parts = partsOf(read);
  const numbers = Uint32Array.from(
    parts.flatMap((own, part) => [...own].map((number) => (FROM[part] ?? 0) + number)),
  );
  const shares = parts.flatMap((own, part) => Array<number>(own.length).fill(shareOf(own.length, part)));
  const values = Float32Array.from(shares, (share, at) => share * (rarities[numbers[at] ?? 0] ?? 0));
  return { numbers, values, isAttack: read.isAttack, cost };
}
