import { expect, it } from '@jest/globals';
import { fitLogistic, type Row } from './logistic.js';
import { randomFrom } from './random.js';

const SIZE = 12;

/** Rows whose truth is a plane with noise: not separable, so that the penalty and the errors both count. */
function noisyRows(count: number): Row[] {
  const random = randomFrom(7);
  return Array.from({ length: count }, () => {
    const numbers = Uint32Array.from({ length: SIZE }, (_, at) => at).filter(() => random() < 0.5);
    const values = Float32Array.from(numbers, () => random() - 0.3);
    const sum = values.reduce((all, value, at) => all + value * ((numbers[at] ?? 0) - SIZE / 2), 0);
    return { numbers, values, isAttack: sum + 4 * (random() - 0.5) > 0, cost: 0.5 + random() };
  });
}

/** Of the penalty and the errors together, by each weight and the bias: nothing where they are the least. */
function slopes(rows: readonly Row[], weights: Float32Array): number[] {
  const sums = [...weights];
  for (const { numbers, values, isAttack, cost } of rows) {
    const score = values.reduce(
      (sum, value, at) => sum + value * (weights[numbers[at] ?? 0] ?? 0),
      weights[SIZE] ?? 0,
    );
    const error = cost * (1 / (1 + Math.exp(-score)) - (isAttack ? 1 : 0));
    values.forEach((value, at) => (sums[numbers[at] ?? 0] = (sums[numbers[at] ?? 0] ?? 0) + error * value));
    sums[SIZE] = (sums[SIZE] ?? 0) + error;
  }
  return sums;
}

it('finds the weights at which penalty and errors together are least', () => {
  const rows = noisyRows(400);
  const steepest = (weights: Float32Array): number => Math.max(...slopes(rows, weights).map(Math.abs));

  expect(steepest(fitLogistic(rows, SIZE))).toBeLessThan(0.01 * steepest(new Float32Array(SIZE + 1)));
});

it('gives the same weights each time', () => {
  expect(fitLogistic(noisyRows(50), SIZE)).toEqual(fitLogistic(noisyRows(50), SIZE));
});
