import type { Matrix } from './boxes.js';

/** Five points and a close. */
const RECTANGLE_NUMBERS = 16;

/** Moves and lines between two places across and two up and down; the library writes 0, 1 and 4 for move, line, close. */
export function isRectangle(data: unknown): boolean {
  const [first] = Array.isArray(data) ? (data as unknown[]) : [];
  const numbers = Object.values((first ?? {}) as Record<string, number>);
  const [across, up] = [new Set<number>(), new Set<number>()];
  if (numbers.length === 0 || numbers.length > RECTANGLE_NUMBERS) return false;
  for (let at = 0; at < numbers.length;) {
    const operation = numbers[at];
    if (operation !== 0 && operation !== 1 && operation !== 4) return false;
    if (operation !== 4) {
      across.add(numbers[at + 1] ?? 0);
      up.add(numbers[at + 2] ?? 0);
    }
    at += operation === 4 ? 1 : 3;
  }
  return across.size <= 2 && up.size <= 2;
}

/** Six numbers, or one list of them; null for anything else. */
export function matrixOf(args: readonly unknown[]): Matrix | null {
  const from = (args.length === 1 ? Object.values((args[0] ?? {}) as object) : args) as unknown[];
  const numbers = from.map(Number);
  return numbers.length === 6 && numbers.every(Number.isFinite) ? (numbers as unknown as Matrix) : null;
}
