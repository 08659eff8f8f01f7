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
const LINE_END = /^(?:(?:[ \n\r\u200b\u00ad]|\u0301)*[\n\r]|\\r\\n|\\[nr])/;
/** What a line may begin with; and blanks behind it. */
const LINE_BEGIN = /^[\t ]*(?:>|\/\/)/;
const GOES_ON = /^(?:[\t ]*>)/;
/** Behind a hyphen or `<br>`: the end of its line, in text or as an escape, of which the second half may be there too. */
const ENDS = [/^[\n\r]/, /^\r\n/, /^\\[nr]/, /^\\r\\n/];
const REFERENCE = /^\]\[(?:\\[^]|[^\\[\]])*\]/;
const ANGLES = /^<(?:\\[^]|[^\\>])*>/;
const TITLES = [/^"(?:\\[^]|[^\\"])*"/, /^'(?:\\[^]|[^\\'])*'/, /^\((?:\\[^]|[^\\)])*\)/];
const DEPTH = 15;

export interface LineEnd {
  readonly end: number;
  /** Without signs that the next line begins with. */
  readonly lineEnd: number | undefined;
}

export interface Markup {
  readonly end: number;
  /** What it holds apart are two lines. */
  readonly isBlock: boolean;
  /** They are lines of one text. */
  readonly isBreak: boolean;
  /** The end of a line, and signs of a block quote or a comment behind it. */
  readonly isQuote: boolean;
  /** Where a line of the text ended within it. */
  readonly lineEnd?: number;
}

/** All markup that begins here: the end of a link's text may have its address or not. */
export function markupAt(text: string, at: number): Markup[] {
  const rest = text.slice(at);
  const found: Markup[] = [];
  // A string of JSON may have its slash escaped.
  const name = TAG_NAME.exec(rest)?.[1]?.replaceAll('\\', '') ?? '';
  const add = (length: number) => {
    const isBreak = BREAK.test(name);
    found.push({ end: at + length, isBlock: BLOCK.test(name), isBreak, isQuote: false });
    if (!isBreak) return;
    const blanks = /^[\t ]*/.exec(rest.slice(length))?.[0].length ?? 0;
    for (const ends of lineEnds(text, at + length + blanks))
      found.push({ ...ends, isBlock: true, isBreak, isQuote: false });
  };
  const line = LINE_END.exec(rest)?.[0];
  if (line !== undefined) {
    for (const { end, isBlank } of lineBegins(rest, line.length))
      if (!isBlank)
        found.push({
          end: at + end,
          lineEnd: at + line.length,
          isBlock: false,
          isBreak: true,
          isQuote: true,
        });
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

/** Where the line of the hyphen that is here ends, with signs that the next one begins with; none: it is none, or its line goes on. */
export function hyphenEnds(text: string, at: number): LineEnd[] {
  // What is not seen but there stands before what is at the place.
  const soft = /\u00ad(?:[\u00ad\u200b]|\u0301)*$/.exec(text.slice(0, at))?.index;
  return [at, ...(soft === undefined ? [] : [soft])].flatMap((from) => endsBehind(text, from));
}

function endsBehind(text: string, at: number): LineEnd[] {
  if (!/[-\u00ad]/.test(text.charAt(at))) return [];
  for (let end = at + 1; ;) {
    const rest = text.slice(end);
    const name = TAG_NAME.exec(rest)?.[1]?.replaceAll('\\', '') ?? '';
    const tag = rest.startsWith('<')
      ? [TAG, ...OTHERS].map((form) => form.exec(rest)?.[0]).find((one) => one)
      : undefined;
    if (/^[\t *_~`]/.test(rest)) end++;
    else if (tag !== undefined && BREAK.test(name)) {
      const behind = end + tag.length;
      const blanks = /^[\t ]*/.exec(text.slice(behind))?.[0].length ?? 0;
      return [{ end: behind, lineEnd: undefined }, ...lineEnds(text, behind + blanks, true)];
    } else if (tag !== undefined && !BLOCK.test(name)) end += tag.length;
    else return /^\\[\n\r]/.test(rest) ? lineEnds(text, end + 1, true) : lineEnds(text, end, true);
  }
}

/** Where the end of a line that begins here, and what the next one begins with, may be over. */
function lineEnds(text: string, at: number, withBlanks = false): LineEnd[] {
  return ENDS.flatMap((form) => {
    const end = form.exec(text.slice(at))?.[0].length;
    if (end === undefined) return [];
    const lineEnd = at + end;
    const begins = lineBegins(text, lineEnd).filter(({ isBlank }) => withBlanks || !isBlank);
    return [{ end: lineEnd }, ...begins].map((one) => ({ end: one.end, lineEnd }));
  });
}

function lineBegins(text: string, at: number): { end: number; isBlank: boolean }[] {
  const found: { end: number; isBlank: boolean }[] = [];
  let end = at + (LINE_BEGIN.exec(text.slice(at))?.[0].length ?? 0);
  if (end === at) return found;
  found.push({ end, isBlank: false });
  while (text[end - 1] === '/' && text[end] === '/') found.push({ end: ++end, isBlank: false });
  for (;;) {
    const blanks = /^[\t ]+(?![\t \n\r\u200b\u00ad]|\u0301)/.exec(text.slice(end))?.[0].length;
    if (blanks !== undefined) found.push({ end: end + blanks, isBlank: true });
    const sign = GOES_ON.exec(text.slice(end))?.[0].length;
    if (sign === undefined) return found;
    end += sign;
    found.push({ end, isBlank: false });
  }
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
