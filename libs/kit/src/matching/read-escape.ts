import { REFERENCE_BEGINNINGS, REFERENCES, UNENDED } from './reference-names.js';

/** What `next` answers beside a code point. */
export const MORE = -1;
export const NONE = -2;

const LAST_CODE_POINT = 0x10ffff;
const PUNCTUATION = /^[!-/:-@[-`{-~]$/;
/** Of strings in programs and JSON; and a line that Markdown breaks by a backslash. */
const BLANKS: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, '\n': 0x0a };

/** Each form by what may stand in it so far, with leading zeros up to eight digits: `\uXXXX` and `\xXX` by their lengths, the others up to their end sign. */
const FORMS: readonly { readonly partial: RegExp; readonly whole: RegExp; readonly radix: number }[] = [
  { partial: /^\\u[0-9a-f]{0,3}$/i, whole: /^\\u([0-9a-f]{4})$/i, radix: 16 },
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

  /** @param unit a backslash or an ampersand */
  begin(unit: number): void {
    this.body = String.fromCharCode(unit);
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
      if (digits !== undefined) return more.test(next) ? NONE : codePointOf(Number.parseInt(digits, radix));
    }
    const name = body.slice(1);
    const goesOn = next === ';' || (next !== '' && REFERENCE_BEGINNINGS.has(name + next));
    return goesOn ? NONE : (UNENDED.get(name) ?? NONE);
  }

  /** The code point that the escape stands for once it is complete; MORE, or NONE when it is none. */
  next(unit: number): number {
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
      if (digits !== undefined) return codePointOf(Number.parseInt(digits, radix));
    }
    const name = body.slice(1);
    if (body.startsWith('&') && name.endsWith(';')) return REFERENCES.get(name.slice(0, -1)) ?? NONE;
    return body.startsWith('&') && REFERENCE_BEGINNINGS.has(name) ? MORE : NONE;
  }
}

function codePointOf(value: number): number {
  return value <= LAST_CODE_POINT ? value : NONE;
}
