/*
 * Markup that is not seen, by its grammar and over a whole text: expressions where the product steps through states.
 */
const TAG_NAME = /^<(?:\\?\/)?([a-z][^\t\n\f\r />]*)/i;
const BLOCK = /^(?:br|p|div|li|td|tr)$/i;
const BREAK = /^br$/i;
/** Each part is read to its end, so that no other reading is tried where a value never closes. */
const VALUE = /"[^"]*"|'[^']*'|[^\t\n\f\r >"'][^\t\n\f\r >]*(?=[\t\n\f\r >])|(?=>)/.source;
const NAME = /[^\t\n\f\r />][^\t\n\f\r />=]*(?=[\t\n\f\r />=])/.source;
const EQUALS = /[\t\n\f\r ]*=/.source;
const ATTRIBUTE = `${NAME}(?:${EQUALS}[\\t\\n\\f\\r ]*(?:${VALUE})|(?!${EQUALS}))`;
const TAG = new RegExp(
  `^<(?:\\\\?/)?[a-z][^\\t\\n\\f\\r />]*(?=[\\t\\n\\f\\r />])(?:[\\t\\n\\f\\r /]|${ATTRIBUTE})*>`,
  'i',
);
const OTHERS = [
  /^<!--(?:-?>|[^]*?--!?>)/,
  /^<!(?!--)[^>]*>/,
  /^<\?[^>]*>/,
  /^<\\?\/(?![a-z])[^>]*>/i,
  /^!?\[/,
];
/** Blanks before the end of a line are one with it. */
const QUOTE = /^(?:(?:[ \n\r\u200b]|\u0301)*[\n\r]|\\[nr])(?=[\t >]*>)/;
/** A hyphen at the end of a line. */
const HYPHEN = /^-[\t ]*(?:[\n\r]|\\[nr])/;
const QUOTE_SIGN = /[\t ]*>/y;
const REFERENCE = /^\]\[(?:\\[^]|[^\\[\]])*\]/;
const ANGLES = /^<(?:\\[^]|[^\\>])*>/;
const TITLES = [/^"(?:\\[^]|[^\\"])*"/, /^'(?:\\[^]|[^\\'])*'/, /^\((?:\\[^]|[^\\)])*\)/];
const DEPTH = 15;

export interface Markup {
  readonly end: number;
  /** What it holds apart are two lines. */
  readonly isBlock: boolean;
  /** They are lines of one text. */
  readonly isBreak: boolean;
  /** The end of a line, and signs of a block quote behind it. */
  readonly isQuote: boolean;
}

/** All markup that begins here: the end of a link's text may have its address or not. */
export function markupAt(text: string, at: number): Markup[] {
  const rest = text.slice(at);
  const found: Markup[] = [];
  // A string of JSON may have its slash escaped.
  const name = TAG_NAME.exec(rest)?.[1]?.replaceAll('\\', '') ?? '';
  const add = (length: number) =>
    found.push({ end: at + length, isBlock: BLOCK.test(name), isBreak: BREAK.test(name), isQuote: false });
  const line = QUOTE.exec(rest)?.[0];
  if (line !== undefined) {
    QUOTE_SIGN.lastIndex = line.length;
    while (QUOTE_SIGN.test(rest))
      found.push({ end: at + QUOTE_SIGN.lastIndex, isBlock: false, isBreak: true, isQuote: true });
  }
  if (rest.startsWith(']')) {
    add(1);
    const reference = REFERENCE.exec(rest);
    if (reference) add(reference[0].length);
    const address = rest.startsWith('](') ? readAddress(rest).end : -1;
    if (address > 0) add(address);
    return found;
  }
  for (const form of [TAG, ...OTHERS]) {
    const whole = form.exec(rest);
    if (whole) add(whole[0].length);
  }
  return found;
}

/** Where a line ends behind the hyphen that is here; undefined: it is none, or its line goes on. */
export function hyphenEnd(text: string, at: number): number | undefined {
  const whole = HYPHEN.exec(text.slice(at))?.[0];
  return whole === undefined ? undefined : at + whole.length;
}

/** What would end each address that is open at the end of the text: a parenthesis for each, a title's sign before them. */
export function addressEnds(text: string): string[] {
  const all = new Set<string>();
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', at + 1)) {
    const { missing } = readAddress(text.slice(at));
    if (missing !== '') all.add(missing);
  }
  return [...all];
}

interface Address {
  /** -1: not within this text. */
  readonly end: number;
  /** What ends it where the text leaves off before that; none where nothing can. */
  readonly missing: string;
}

const NO_ADDRESS: Address = { end: -1, missing: '' };

/** A destination in angles or with parentheses in pairs, then titles. */
function readAddress(text: string): Address {
  let at = 2;
  let depth = 1;
  const blanks = () => {
    while (/^[\t\n\f\r ]/.test(text.slice(at))) at++;
  };
  const open = (sign: string): Address => {
    // Behind a backslash the sign would be none.
    const isEscaped = (/\\*$/.exec(text.slice(at))?.[0].length ?? 0) % 2 === 1;
    return { end: -1, missing: (isEscaped ? 'x' : '') + sign + ')'.repeat(depth) };
  };
  blanks();
  let isGap = false;
  const angles = ANGLES.exec(text.slice(at));
  if (text[at] === '<') {
    if (!angles) return open('>');
    at += angles[0].length;
    isGap = true;
  }
  while (at < text.length) {
    const rest = text.slice(at);
    if (isGap) {
      if (/^[\t\n\f\r ]/.test(rest)) {
        at++;
        continue;
      }
      isGap = false;
      if (/^["'(]/.test(rest)) {
        const title = TITLES.map((form) => form.exec(rest)).find((one) => one !== null);
        if (!title) return open(rest.startsWith('(') ? ')' : rest.charAt(0));
        at += title[0].length;
        isGap = true;
        continue;
      }
    }
    const character = rest[0] ?? '';
    if (character === '\\') {
      if (rest.length === 1) return open('');
      at += 1 + Math.max(1, String.fromCodePoint(rest.codePointAt(1) ?? 0).length);
    } else {
      at++;
      if (character === '(' && ++depth > DEPTH) return NO_ADDRESS;
      if (character === ')' && --depth === 0) return { end: at, missing: '' };
      if (depth === 1 && /[\t\n\f\r ]/.test(character)) isGap = true;
    }
  }
  return open('');
}
