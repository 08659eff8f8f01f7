import { REFERENCE_BEGINNINGS, REFERENCES, UNENDED } from './reference-names.js';

/** What `next` answers beside a code point. */
export const MORE = -1;
export const NONE = -2;

const FIRST_CONTROL = 0x80;
/** From 128 to 159; what it does not have stays as it is. */
const WINDOWS_1252 = Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');
const REPLACEMENT = 0xfffd;
const LAST_CODE_POINT = 0x10ffff;
const PUNCTUATION = /^[!-/:-@[-`{-~]$/;
/** Of strings in programs and JSON; and a line that Markdown breaks by a backslash. */
const BLANKS: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, '\n': 0x0a };

/** Zeros before a number, of which HTML takes any count: as many as markup within a word may have characters. */
export const ZEROS_LIMIT = 256;
/** So far there are zeros alone; one of them is kept. */
const ZERO = /^(?:&#x?|\\u\{)0$/i;
const ZERO_UNIT = 0x30;

/**
 * Each form by what may stand in it so far: `\uXXXX`, `\UXXXXXXXX` and `\xXX` by their lengths, the others up to their
 * end sign, of up to eight digits and more zeros before.
 */
const FORMS: readonly { readonly partial: RegExp; readonly whole: RegExp; readonly radix: number }[] = [
  { partial: /^\\u[0-9a-fA-F]{0,3}$/, whole: /^\\u([0-9a-fA-F]{4})$/, radix: 16 },
  { partial: /^\\U[0-9a-fA-F]{0,7}$/, whole: /^\\U([0-9a-fA-F]{8})$/, radix: 16 },
  { partial: /^\\x[0-9a-f]?$/i, whole: /^\\x([0-9a-f]{2})$/i, radix: 16 },
  { partial: /^\\u\{[0-9a-f]{0,8}$/i, whole: /^\\u\{([0-9a-f]{1,8})\}$/i, radix: 16 },
  { partial: /^&#\d{0,8}$/, whole: /^&#(\d{1,8});$/, radix: 10 },
  { partial: /^&#x[0-9a-f]{0,8}$/i, whole: /^&#x([0-9a-f]{1,8});$/i, radix: 16 },
];

/** References that HTML takes without their semicolon, where no more of them comes. */
const UNENDED_FORMS = [
  { whole: /^&#(\d{1,8})$/, more: /^[\d;]$/, radix: 10 },
  { whole: /^&#x([0-9a-f]{1,8})$/i, more: /^[\da-f;]$/i, radix: 16 },
];

/** Reads one escape of program text or character reference of HTML, unit by unit. */
export class EscapeReader {
  private body = '';
  private zeros = 0;

  /** @param unit a backslash or an ampersand */
  begin(unit: number): void {
    this.body = String.fromCharCode(unit);
    this.zeros = 0;
  }

  /**
   * What a reference stands for that leaves off before this unit, without a semicolon; NONE when it does not.
   * @param unit undefined: the text is over
   */
  endBefore(unit: number | undefined): number {
    const { body } = this;
    if (!body.startsWith('&')) return NONE;
    const next = unit === undefined ? '' : String.fromCharCode(unit);
    for (const { whole, more, radix } of UNENDED_FORMS) {
      const digits = whole.exec(body)?.[1];
      if (digits !== undefined) return more.test(next) ? NONE : referenceOf(Number.parseInt(digits, radix));
    }
    const name = body.slice(1);
    const goesOn = next === ';' || (next !== '' && REFERENCE_BEGINNINGS.has(name + next));
    return goesOn ? NONE : (UNENDED.get(name) ?? NONE);
  }

  /** The code point that the escape stands for once it is complete; MORE, or NONE when it is none. */
  next(unit: number): number {
    if (unit === ZERO_UNIT && ZERO.test(this.body)) return ++this.zeros < ZEROS_LIMIT ? MORE : NONE;
    const character = String.fromCharCode(unit);
    const body = this.body + character;
    if (body.length === 2 && body.startsWith('\\')) {
      if (PUNCTUATION.test(character)) return unit;
      const blank = BLANKS[character];
      if (blank !== undefined) return blank;
    }
    this.body = body;
    for (const { partial, whole, radix } of FORMS) {
      if (partial.test(body)) return MORE;
      const digits = whole.exec(body)?.[1];
      const of = body.startsWith('&') ? referenceOf : codePointOf;
      if (digits !== undefined) return of(Number.parseInt(digits, radix));
    }
    const name = body.slice(1);
    if (body.startsWith('&') && name.endsWith(';')) return REFERENCES.get(name.slice(0, -1)) ?? NONE;
    return body.startsWith('&') && REFERENCE_BEGINNINGS.has(name) ? MORE : NONE;
  }
}

/** HTML reads halves of pairs as no character, and the controls from 128 to 159 as what they are in Windows-1252, where that has a character. */
function referenceOf(value: number): number {
  if (value >= 0xd800 && value <= 0xdfff) return REPLACEMENT;
  return WINDOWS_1252[value - FIRST_CONTROL]?.codePointAt(0) ?? codePointOf(value);
}

function codePointOf(value: number): number {
  return value <= LAST_CODE_POINT ? value : NONE;
}
