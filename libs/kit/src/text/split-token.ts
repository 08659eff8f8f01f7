import { ENGLISH_STOP_WORDS } from './stop-words.js';
import { cutTerm, termOfWord } from './term-of-word.js';

const OUTER_JOINERS = /[/:@\\+&=?#~]+/;
const INNER_JOINERS = /[-_.]/;
const HAS_DIGIT = /\p{N}/u;
const VERSION = /^v(\d[^/:@]*)$/;
/** Longer words are data, not names. */
const PIECED_LENGTH_MAX = 64;
const NUMBER_AND_UNIT = /^(\p{L}+(?=\d)|\d+(?=\p{L}))(\d+|\p{L}+)$/u;
/** A hump is at least this long: `iPhone` and `eBay` are names, not code. */
const CAMEL_CASE = /^\p{Ll}{2,}(?:\p{Lu}+\p{Ll}*|\p{N}+)+$|^(?:\p{Lu}\p{Ll}+){3,}$/u;
const HUMPS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/**
 * Adds the terms of a token that may hold joiners: identifiers, addresses, paths and versions whole, and everything in
 * parts. `cased` is the token as it was typed, `token` the same in lower case.
 */
export function addTokenTerms(cased: string, token: string, whole: boolean, terms: string[]): void {
  const segments = token.split(OUTER_JOINERS);
  if (segments.length > 1 && (whole || isAddress(token))) terms.push(cutTerm(token));
  let at = 0;
  for (const segment of segments) {
    at = token.indexOf(segment, at);
    addSegment(cased.slice(at, at + segment.length), segment, terms);
    at += segment.length;
  }
}

function addSegment(cased: string, segment: string, terms: string[]): void {
  const parts = segment.split(INNER_JOINERS);
  if (parts.length > 1 && isIdentifier(segment)) {
    terms.push(cutTerm(segment));
    const version = VERSION.exec(segment)?.[1];
    if (version) terms.push(cutTerm(version));
  }
  let at = 0;
  for (const part of parts) {
    addPart(cased.slice(at, at + part.length), part, terms);
    at += part.length + 1;
  }
}

function addPart(cased: string, part: string, terms: string[]): void {
  if (part.includes("'")) {
    addContraction(part, terms);
    return;
  }
  addWord(cased, part, terms);
}

/** A word without joiners and its pieces: `maxConnections` is found by `connections`, `500MB` by `500`, too. */
export function addWord(cased: string, lower: string, terms: string[]): void {
  const term = termOfWord(lower);
  if (term) terms.push(term);
  if (lower.length > PIECED_LENGTH_MAX) return;
  if (isDigit(lower.charCodeAt(0)) !== isDigit(lower.charCodeAt(lower.length - 1)))
    addNumberAndUnit(lower, terms);
  else if (cased !== lower) addHumps(cased, terms);
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

function addNumberAndUnit(word: string, terms: string[]): void {
  for (const piece of NUMBER_AND_UNIT.exec(word)?.slice(1) ?? []) {
    const term = termOfWord(piece);
    if (term) terms.push(term);
  }
}

/** `don't` is a stop word, `company's` is `company`, `l'avion` is found by `avion` and `O'Brien` by `Brien`, too. */
function addContraction(part: string, terms: string[]): void {
  if (ENGLISH_STOP_WORDS.has(part)) return;
  const bare = part.replace(/'s$/, '');
  const pieces = bare.split("'").filter(Boolean);
  if (pieces.length > 1) terms.push(cutTerm(bare));
  for (const piece of pieces) {
    const term = piece.length > 1 || pieces.length === 1 ? termOfWord(piece) : '';
    if (term) terms.push(term);
  }
}

function addHumps(cased: string, terms: string[]): void {
  if (!CAMEL_CASE.test(cased)) return;
  for (const hump of cased.match(HUMPS) ?? []) {
    const term = termOfWord(hump.toLowerCase());
    if (term) terms.push(term);
  }
}

/** `E-417`, `10.5`, `max_connections`, `config.toml`; not `well-known`, whose parts say it all. */
function isIdentifier(segment: string): boolean {
  return HAS_DIGIT.test(segment) || segment.includes('_') || segment.includes('.');
}

/** `hr@example.com`, `HTTP/2`, `a/b/c`, `https://…`, `std::vector`; not `and/or`. */
function isAddress(token: string): boolean {
  return HAS_DIGIT.test(token) || /[_@\\]|::|\/.*\//.test(token);
}
