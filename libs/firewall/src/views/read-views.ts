import { decodeBase32 } from './decode-base32.js';
import { decodeBase64 } from './decode-base64.js';
import { decodeHex } from './decode-hex.js';
import { decodeNumbers } from './decode-numbers.js';
import { unmasked } from '../canonical/confusables.js';
import { countOddities, type Oddities } from './count-oddities.js';
import type { Decoded } from './find-runs.js';
import { foldVisible, lowerCase, type Visible } from './fold-visible.js';
import { guessCipher } from './guess-cipher.js';
import { guessDespaced, guessJoinedPieces, guessSplit } from './guess-despaced.js';
import { guessLeet } from './guess-leet.js';
import { guessReversed } from './guess-reversed.js';
import { spanIn, type MappedText, type Span } from './mapped-text.js';
import { readEscapes } from './read-escapes.js';
import { readHidden } from './read-hidden.js';
import { readTraits, type Traits } from './read-traits.js';
import { splice } from './splice.js';
import { isGuess, type ViewKind } from './view-kinds.js';

/** Transforms within transforms: what is wrapped more often is no message to a model any more. */
export const DEPTH_MAX = 3;
/** Views are made while they hold together at most so many times the text that was given. */
export const OUTPUT_FACTOR = 4;
/** However short they are: what reads them pays for each. */
export const VIEWS_MAX = 16;

export interface View {
  /** The last transform. */
  readonly kind: ViewKind;
  /** All transforms, outermost first; none for the canonical view. */
  readonly path: readonly ViewKind[];
  /** Lower case, compatibility forms, no invisible characters, look-alikes Latin, simplified Chinese; lines are lines. */
  readonly text: string;
  /** False where every transform is one that any text could undergo. */
  readonly evident: boolean;
  /** The least span of the original, in UTF-16 units, that a span of `text` came from. */
  span(start: number, end: number): Span;
}

export interface Views {
  /** The canonical one first. */
  readonly views: readonly View[];
  readonly oddities: Oddities;
}

/** A text as it stands and as whatever it holds may be read. Pure; time is linear in the length. */
export function readViews(original: string): Views {
  const reader = new ViewReader(original);
  return { views: reader.views, oddities: reader.oddities };
}

interface Reading {
  readonly text: MappedText;
  readonly kind: ViewKind;
}

class ViewReader {
  readonly views: View[] = [];
  readonly oddities: Oddities;
  private left: number;
  private readonly texts = new Set<string>();

  constructor(private readonly original: string) {
    this.left = OUTPUT_FACTOR * original.length;
    const source: MappedText = { text: original };
    const visible = foldVisible(source);
    const confusable = this.show(visible, []);
    this.oddities = visible.isAscii && !visible.starts ? new Map() : countOddities(original, confusable);
    this.explore(source, visible, []);
  }

  /** Adds a view; returns where letters of other scripts stood for Latin ones. */
  private show(visible: Visible, path: readonly ViewKind[]): Span[] {
    const { text, words } = unmasked(lowerCase(visible), visible.isAscii);
    this.texts.add(text);
    const span = (start: number, end: number): Span => whole(this.original, spanIn(visible, start, end));
    const evident = path.length === 0 || path.some((kind) => !isGuess(kind));
    this.views.push({ kind: path.at(-1) ?? 'canonical', path, text, evident, span });
    return words.map(({ start, end }) => span(start, end));
  }

  private explore(source: MappedText, visible: Visible, path: readonly ViewKind[]): void {
    if (path.length >= DEPTH_MAX) return;
    const traits = readTraits(visible.units);
    // What invisible characters spell is lost in what is visible.
    if (visible.starts && source.text.length > visible.text.length)
      for (const hidden of readHidden(source)) this.add(hidden, path);
    for (const reading of decoded(visible, traits)) this.add(reading, path);
    for (const reading of guessed(visible, traits)) this.add(reading, path);
  }

  private add({ text, kind }: Reading, path: readonly ViewKind[]): void {
    if (this.views.length >= VIEWS_MAX || text.text.length > this.left) return;
    const visible = foldVisible(text);
    if (this.texts.has(visible.text)) return;
    const before = this.views.length;
    const further = [...path, kind];
    const small = lowerCase(visible);
    if (this.texts.has(small)) return;
    this.texts.add(visible.text);
    this.left -= text.text.length;
    this.show(visible, further);
    if (this.views.length > before) this.explore(text, visible, further);
  }
}

/** No half of a surrogate pair is cut off. */
function whole(text: string, { start, end }: Span): Span {
  const from = start > 0 && isPairAt(text, start - 1) ? start - 1 : start;
  const to = end > 0 && end < text.length && isPairAt(text, end - 1) ? end + 1 : end;
  return { start: from, end: to };
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

const RUN_MIN = 8;
const BASE32_MIN = 14;
const CASES_MIN = 3;
const DIGITS_MIN = 8;

function* decoded(visible: Visible, traits: Traits): Generator<Reading> {
  const escapes = readEscapes(visible, traits);
  if (escapes) yield escapes;
  const pieces: Decoded[] = [];
  if (traits.cases > 0 && (traits.longRun >= RUN_MIN || traits.cases >= CASES_MIN)) pieces.push(...decodeBase64(visible));
  if (traits.digits >= DIGITS_MIN) pieces.push(...decodeHex(visible), ...decodeNumbers(visible));
  if (traits.longRun >= BASE32_MIN && pieces.length === 0) pieces.push(...decodeBase32(visible));
  if (pieces.length === 0) return;
  pieces.sort((a, b) => a.start - b.start || b.end - a.end);
  const text = splice(visible, pieces);
  const longest = pieces.reduce((best, piece) =>
    piece.end - piece.start > best.end - best.start ? piece : best,
  );
  if (text) yield { text, kind: longest.kind };
}

const SINGLES_MIN = 4;
const HAN_ALONE_MIN = 3;
const LONG_WORD = 12;

function* guessed(visible: Visible, traits: Traits): Generator<Reading> {
  if (traits.singles >= SINGLES_MIN || traits.hanAlone >= HAN_ALONE_MIN)
    yield* reading('despaced', guessDespaced(visible));
  if (traits.leet > 0) yield* reading('leet', guessLeet(visible));
  const cipher = guessCipher(visible, traits);
  if (cipher) yield cipher;
  for (const text of guessReversed(visible, traits, false)) yield { text, kind: 'reversed' };
  if (traits.pieces > 0) yield* reading('joined', guessJoinedPieces(visible));
  if (traits.longWord >= LONG_WORD) yield* reading('despaced', guessSplit(visible));
}

function* reading(kind: ViewKind, text: MappedText | undefined): Generator<Reading> {
  if (text) yield { text, kind };
}
