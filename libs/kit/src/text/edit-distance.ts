/**
 * The number of characters to insert, delete, replace or swap with their neighbour that turns `a` into `b` (Damerau's
 * distance, optimal string alignment); undefined if it is more than `most`. Time: length × most.
 */
export function editDistanceAtMost(a: string, b: string, most: number): number | undefined {
  const [left, right] = [[...a], [...b]];
  if (Math.abs(left.length - right.length) > most) return undefined;
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const row = new Array<number>(right.length + 1).fill(most + 1);
    if (i <= most) row[0] = i;
    let least = row[0] ?? 0;
    for (let j = Math.max(1, i - most); j <= Math.min(right.length, i + most); j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > most) return undefined;
    [beforeLast, last] = [last, row];
  }
  const distance = last[right.length] ?? 0;
  return distance <= most ? distance : undefined;
}
