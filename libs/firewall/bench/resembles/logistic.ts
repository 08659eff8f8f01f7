import { randomFrom, shuffle } from './random.js';

/** One text: numbers of weights, what each of them counts, and what an error costs against the penalty of weights. */
export interface Row {
  readonly numbers: Uint32Array;
  readonly values: Float32Array;
  readonly isAttack: boolean;
  readonly cost: number;
}

const ROUNDS_MAX = 60;
const STEPS_MAX = 100;
/** Weights are good enough where the largest slope of a round is no more than this. */
const SLOPE_MAX = 0.02;

/** Of a row: the two parts of its cost, whose logarithms are the entropy; neither is ever 0. */
interface Dual {
  one: number;
  other: number;
  /** Of its values and the bias, squared. */
  readonly norm: number;
}

/**
 * Logistic regression with an L2 penalty: as many weights as `size`, and the bias behind them. Coordinate descent in the
 * dual (Yu, Huang and Lin, 2011, "Dual coordinate descent methods for logistic regression and maximum entropy models",
 * algorithm 5).
 */
export function fitLogistic(rows: readonly Row[], size: number): Float32Array {
  const random = randomFrom(1);
  const weights = new Float32Array(size + 1);
  const duals = rows.map(({ values, cost }): Dual => {
    const one = Math.min(0.001 * cost, 1e-8);
    return { one, other: cost - one, norm: values.reduce((sum, value) => sum + value * value, 1) };
  });
  const move = ({ numbers, values, isAttack }: Row, by: number): void => {
    const step = isAttack ? by : -by;
    for (let i = 0; i < numbers.length; i++) weights[numbers[i]!]! += step * values[i]!;
    weights[size]! += step;
  };
  rows.forEach((row, at) => {
    move(row, duals[at]!.one);
  });
  const order = rows.map((_, at) => at);
  for (let round = 0, slopeMin = 0.01; round < ROUNDS_MAX; round++) {
    shuffle(order, random);
    let [most, steps] = [0, 0];
    for (const at of order) {
      const row = rows[at]!;
      const moved = solve(duals[at]!, row.cost, marginOf(row, weights, size), slopeMin);
      if (moved.by !== 0) move(row, moved.by);
      most = Math.max(most, moved.slope);
      steps += moved.steps;
    }
    if (most < SLOPE_MAX) break;
    // Most were good enough as they were: look closer.
    if (steps <= order.length / 10) slopeMin = Math.max(1e-8, 0.1 * slopeMin);
  }
  return weights;
}

function marginOf({ numbers, values, isAttack }: Row, weights: Float32Array, size: number): number {
  let sum = weights[size]!;
  for (let i = 0; i < numbers.length; i++) sum += weights[numbers[i]!]! * values[i]!;
  return isAttack ? sum : -sum;
}

/** Newton's method on the smaller part of one row, by how much it moves; `slope` is that at the beginning. */
function solve(
  dual: Dual,
  cost: number,
  margin: number,
  slopeMin: number,
): { by: number; slope: number; steps: number } {
  const { norm } = dual;
  const isOther = 0.5 * norm * (dual.other - dual.one) + margin < 0;
  const old = isOther ? dual.other : dual.one;
  const pull = isOther ? -margin : margin;
  const slopeAt = (part: number): number => norm * (part - old) + pull + Math.log(part / (cost - part));
  let part = cost - old < 0.5 * cost ? 0.1 * old : old;
  let slope = slopeAt(part);
  const first = Math.abs(slope);
  let steps = 0;
  for (; steps < STEPS_MAX && Math.abs(slope) >= slopeMin; steps++) {
    const next = part - slope / (norm + cost / (cost - part) / part);
    part = next <= 0 ? 0.1 * part : next;
    slope = slopeAt(part);
  }
  if (steps === 0) return { by: 0, slope: first, steps };
  [dual.one, dual.other] = isOther ? [cost - part, part] : [part, cost - part];
  return { by: isOther ? old - part : part - old, slope: first, steps };
}
