/** Something found in a text; offsets are UTF-16 units. */
export interface Finding<Kind extends string> {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
}

/**
 * An escape of a string of JSON or of a program that stands for no letter or digit of ASCII, although it ends with one
 * (`\\n`, `\\u201c`, `\\x22`): what follows begins behind it. For the source of a pattern.
 */
export const ESCAPED_EDGE = (() => {
  const alphanumeric = '3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]';
  const hex = '[0-9A-Fa-f]';
  return String.raw`\\(?:[nrt]|u(?!00(?:${alphanumeric}))${hex}{4}|x(?!${alphanumeric})${hex}{2})`;
})();
const LONGEST_ESCAPE = 6;
const ENDS_SO = new RegExp(`${ESCAPED_EDGE}$`);
const HEX_ESCAPE = /\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})/y;

/** Behind such an escape, whose last character is no part of what follows. */
export function followsEscape(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - LONGEST_ESCAPE), at);
  return near.includes('\\') && ENDS_SO.test(near);
}

/** End of the escape by a code that begins with this backslash; without one, `at`. */
export function endOfHexEscape(text: string, at: number): number {
  HEX_ESCAPE.lastIndex = at;
  return HEX_ESCAPE.test(text) ? HEX_ESCAPE.lastIndex : at;
}

/** In order of position; findings that overlap become one from the first start to the last end, of the longest's kind. */
export function united<Kind extends string>(findings: readonly Finding<Kind>[]): Finding<Kind>[] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: { start: number; end: number; kind: Kind; longest: number }[] = [];
  for (const { start, end, kind } of sorted) {
    const last = kept.at(-1);
    if (!last || start >= last.end) {
      kept.push({ start, end, kind, longest: end - start });
      continue;
    }
    last.end = Math.max(last.end, end);
    if (end - start > last.longest) Object.assign(last, { kind, longest: end - start });
  }
  return kept.map(({ start, end, kind }) => ({ start, end, kind }));
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isAsciiLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

export function isAlphanumeric(unit: number): boolean {
  return isDigit(unit) || isAsciiLetter(unit);
}
