/** Round numbers from 0 to at least `top`: 1, 2 or 5 times a power of ten apart, four to eight of them. */
export function ticksOf(top: number): number[] {
  if (!(top > 0)) return [0, 1];
  const raw = top / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(6)));
}
