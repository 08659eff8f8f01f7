export type Colour = readonly [red: number, green: number, blue: number];

/** Of 255, in each of the three: nobody tells such colours apart. */
const SAME_WITHIN = 12;
const WHITE_FROM = 255 - SAME_WITHIN;
const NAMES: Readonly<Record<string, Colour>> = {
  white: [255, 255, 255],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  ghostwhite: [248, 248, 255],
  whitesmoke: [245, 245, 245],
  floralwhite: [255, 250, 240],
  black: [0, 0, 0],
};

/** `white`, `#fff`, `#ffffff`, `ffffff`, `rgb(255, 255, 255)`; null for others, which may be any colour. */
export function colourOf(text: string | null | undefined): Colour | null {
  const value = (text ?? '').trim().toLowerCase();
  const named = NAMES[value];
  if (named) return named;
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2})?$/.exec(value)?.[1];
  if (hex) {
    const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const part = (at: number): number => parseInt(wide.slice(at, at + 2), 16);
    return [part(0), part(2), part(4)];
  }
  const parts = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*(?:1|1\.0|100%)\s*)?\)$/.exec(
    value,
  );
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : null;
}

export const sameColour = (one: Colour, other: Colour): boolean =>
  one.every((part, at) => Math.abs(part - (other[at] ?? 0)) <= SAME_WITHIN);

export const isWhite = (colour: Colour): boolean => colour.every((part) => part >= WHITE_FROM);

export const PAPER: Colour = [255, 255, 255];
