/** What `next` answers beside a code point. */
export const MORE = -1;
export const NONE = -2;

/** Character references by name that stand for signs, blanks and what is not seen; letters have no names. */
const NAMED: Readonly<Record<string, number>> = {
  ...{
    amp: 0x26,
    lt: 0x3c,
    gt: 0x3e,
    quot: 0x22,
    apos: 0x27,
    nbsp: 0xa0,
    shy: 0xad,
    zwnj: 0x200c,
    zwj: 0x200d,
  },
  ...{
    ensp: 0x2002,
    emsp: 0x2003,
    thinsp: 0x2009,
    num: 0x23,
    dollar: 0x24,
    excl: 0x21,
    ast: 0x2a,
    plus: 0x2b,
  },
  ...{ commat: 0x40, lowbar: 0x5f, hyphen: 0x2010, period: 0x2e, sol: 0x2f, verbar: 0x7c, lpar: 0x28 },
};
const NAMES = Object.keys(NAMED);
/** Longer ones, by leading zeros, are read by no renderer that shortens its input. */
const BODY_LIMIT = 8;
const LAST_CODE_POINT = 0x10ffff;
const PUNCTUATION = /^[!-/:-@[-`{-~]$/;

/** Each form by what may stand in it so far: `\uXXXX` and `\xXX` by their lengths, the others up to their end sign. */
const FORMS: readonly { readonly partial: RegExp; readonly whole: RegExp; readonly radix: number }[] = [
  { partial: /^\\u[0-9a-f]{0,3}$/i, whole: /^\\u([0-9a-f]{4})$/i, radix: 16 },
  { partial: /^\\x[0-9a-f]?$/i, whole: /^\\x([0-9a-f]{2})$/i, radix: 16 },
  { partial: /^\\u\{[0-9a-f]{0,8}$/i, whole: /^\\u\{([0-9a-f]{1,8})\}$/i, radix: 16 },
  { partial: /^&#\d{0,8}$/, whole: /^&#(\d{1,8});$/, radix: 10 },
  { partial: /^&#x[0-9a-f]{0,8}$/i, whole: /^&#x([0-9a-f]{1,8});$/i, radix: 16 },
];

/** Reads one escape of program text or character reference of HTML, unit by unit. */
export class EscapeReader {
  private body = '';

  /** @param unit a backslash or an ampersand */
  begin(unit: number): void {
    this.body = String.fromCharCode(unit);
  }

  /** The code point that the escape stands for once it is complete; MORE, or NONE when it is none. */
  next(unit: number): number {
    const character = String.fromCharCode(unit);
    const body = this.body + character;
    if (body.length > BODY_LIMIT + 4) return NONE;
    if (body.length === 2 && body.startsWith('\\') && PUNCTUATION.test(character)) return unit;
    this.body = body;
    for (const { partial, whole, radix } of FORMS) {
      if (partial.test(body)) return MORE;
      const digits = whole.exec(body)?.[1];
      if (digits !== undefined) return codePointOf(Number.parseInt(digits, radix));
    }
    const name = body.slice(1);
    if (body.startsWith('&') && name.endsWith(';')) return NAMED[name.slice(0, -1)] ?? NONE;
    return body.startsWith('&') && NAMES.some((known) => known.startsWith(name)) ? MORE : NONE;
  }
}

function codePointOf(value: number): number {
  return value <= LAST_CODE_POINT ? value : NONE;
}
