import { decodeBase32 } from './decode-base32.js';
import { decodeBase58 } from './decode-base58.js';
import { decodeBase64 } from './decode-base64.js';
import { decodeBase85 } from './decode-base85.js';
import { decodeDump } from './decode-dump.js';
import { decodeHex } from './decode-hex.js';
import { decodeLines } from './decode-mail.js';
import { decodeNumbers } from './decode-numbers.js';
import { decodeSigns } from './decode-signs.js';
import { hasRepeats } from './find-repeats.js';
import { unmasked } from '../canonical/confusables.js';
import { countOddities, type Oddities } from './count-oddities.js';
import { foldVisible, lowerCase, type Visible } from './fold-visible.js';
import { guessApart } from './guess-apart.js';
import { guessCipher } from './guess-cipher.js';
import { guessDespaced, guessJoinedPieces, guessSplit } from './guess-despaced.js';
import { guessLeet } from './guess-leet.js';
import { guessAssigned, guessHyphenated, guessJoinedLiterals } from './guess-joined.js';
import { guessMarkup } from './guess-markup.js';
import { guessOrdered } from './guess-ordered.js';
import { guessTransposed } from './guess-transposed.js';
import {
  guessMovedCodes,
  guessPigLatin,
  guessRepeated,
  guessUnscrambled,
  guessUntied,
  readTurned,
} from './guess-words.js';
import { TURNED_ONLY } from './letters-of-signs.js';
import { guessReversed, reversedOrder } from './guess-reversed.js';
import { spanIn, type MappedText, type Span } from './mapped-text.js';
import { readEscapes } from './read-escapes.js';
import { readHidden } from './read-hidden.js';
import { readTraits } from './read-traits.js';
import { isDense, type Traits } from './traits.js';
import { splice } from './splice.js';
import { BRIEF } from './text-like.js';
import { isGuess, type ViewKind } from './view-kinds.js';

/** Transforms within transforms: what is wrapped more often is no message to a model any more. */
export const DEPTH_MAX = 3;
/** Views are made while they hold together at most so many times the text that was given. */
export const OUTPUT_FACTOR = 4;
/** Of a long text, what a few transforms within each other make of it. */
const OUTPUT_MORE = 16_384;
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
  const { views, confusable } = new ViewReader(original);
  return {
    views,
    // Only administrators look at them.
    get oddities() {
      return countOddities(original, confusable);
    },
  };
}

/** Takes what a text may be read as, if it is anything. */
type See = (kind: ViewKind, text: MappedText | undefined) => void;

class ViewReader {
  readonly views: View[] = [];
  /** Where the text has letters of other scripts for Latin ones. */
  readonly confusable: readonly Span[];
  private left: number;
  /** No set: to hash a text costs as much as to compare it with the few that there are. */
  private readonly texts: string[] = [];

  constructor(private readonly original: string) {
    this.left = Math.min(OUTPUT_FACTOR * original.length, original.length + OUTPUT_MORE);
    const source: MappedText = { text: original };
    const visible = foldVisible(source);
    this.confusable = this.show(visible, []);
    this.explore(source, visible, []);
  }

  /** Adds a view; returns where letters of other scripts stood for Latin ones. */
  private show(visible: Visible, path: readonly ViewKind[]): Span[] {
    const { text, words } = unmasked(lowerCase(visible), !visible.mayMask);
    this.texts.push(text);
    const span = (start: number, end: number): Span => whole(this.original, spanIn(visible, start, end));
    const evident = path.length === 0 || path.some((kind) => !isGuess(kind));
    this.views.push({ kind: path.at(-1) ?? 'canonical', path, text, evident, span });
    return words.map(({ start, end }) => span(start, end));
  }

  private explore(source: MappedText, visible: Visible, path: readonly ViewKind[]): void {
    if (path.length >= DEPTH_MAX) return;
    const traits = readTraits(visible.units);
    // What invisible characters spell is lost in what is visible.
    if (visible.unseen > 0) for (const { kind, text } of readHidden(source)) this.add(kind, text, path);
    decoded(visible, traits, (kind, text) => {
      this.add(kind, text, path);
    });
    // One guess upon another is worth its cost where there is little else that they could be about.
    if (this.original.length > BRIEF && path.some(isGuess)) return;
    // Most guesses are as long as the text: none is made that there is no room for.
    if (this.left < visible.text.length) return;
    guessed(visible, traits, (kind, text) => {
      if (!path.includes(kind)) this.add(kind, text, path);
    });
  }

  private add(kind: ViewKind, text: MappedText | undefined, path: readonly ViewKind[]): void {
    if (!text) return;
    if (this.views.length >= VIEWS_MAX || text.text.length > this.left) return;
    const visible = foldVisible(text);
    if (this.texts.includes(visible.text)) return;
    const before = this.views.length;
    const further = [...path, kind];
    const small = lowerCase(visible);
    if (this.texts.includes(small)) return;
    this.texts.push(visible.text);
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

const CASES_MIN = 3;
const NUMBERS_MIN = 4;
const DIGITS_MIN = 16;
const SOLID_MIN = 10;
/** Codes of characters, each in a call of its own. */
const CALLED = /cha?rw?[\](] ?\d/i;
const bracketsIn = ({ ascii }: Traits): number => (ascii[0x28] ?? 0) + (ascii[0x5d] ?? 0);

/** Runs of other alphabets, each in its place; where what is there is a text. */
function decoded(visible: Visible, traits: Traits, see: See): void {
  const escapes = readEscapes(visible, traits);
  if (escapes) see(escapes.kind, escapes.text);
  const pieces = [...decodeSigns(visible, traits)];
  if (traits.coded > 0 || traits.cases >= CASES_MIN) pieces.push(...decodeBase64(visible));
  if (traits.coded > 0 || traits.digits >= DIGITS_MIN)
    pieces.push(...decodeDump(visible), ...decodeHex(visible, traits.digits));
  if (traits.numberRun >= NUMBERS_MIN || (bracketsIn(traits) >= NUMBERS_MIN && CALLED.test(visible.text)))
    pieces.push(...decodeNumbers(visible));
  if (pieces.length === 0 && traits.coded > 0)
    pieces.push(...decodeBase32(visible), ...decodeBase58(visible));
  if (pieces.length === 0 && isDenseWithSigns(visible, traits))
    pieces.push(...decodeLines(visible), ...decodeBase85(visible));
  if (pieces.length > 0) {
    pieces.sort((a, b) => a.start - b.start || b.end - a.end);
    const text = splice(visible, pieces);
    const longest = pieces.reduce((best, piece) =>
      piece.end - piece.start > best.end - best.start ? piece : best,
    );
    see(longest.kind, text);
  }
  if (traits.rare > 3 && (visible.text.match(TURNED_ONLY)?.length ?? 0) > 3)
    see('upside-down', readTurned(visible));
}

/** Letters without many words among them: a run of signs, letters and digits alike. */
function isDenseWithSigns({ text }: Visible, { solid, known, words, han }: Traits): boolean {
  return solid >= SOLID_MIN && (known * 4 < words || known * 64 < text.length - han) && /[^\w\s]/.test(text);
}

const SINGLES_MIN = 4;
const HAN_ALONE_MIN = 3;
const QUOTES_MIN = 4;
const STRANGE_MIN = 8;

/** What any text could be, where it looks like it. */
function guessed(visible: Visible, traits: Traits, see: See): void {
  const { ascii } = traits;
  const quotes = (ascii[0x22] ?? 0) + (ascii[0x27] ?? 0) + (ascii[0x60] ?? 0);
  if (traits.singles >= SINGLES_MIN || traits.hanAlone >= HAN_ALONE_MIN)
    see('despaced', guessDespaced(visible));
  if (quotes >= QUOTES_MIN || visible.text.includes('\u201d')) {
    see('joined', guessJoinedLiterals(visible, traits));
    see('joined', guessAssigned(visible, traits));
  }
  if (traits.leet > (visible.text.length > BRIEF ? 1 : 0)) see('leet', guessLeet(visible));
  see('ordered', guessOrdered(visible));
  const cipher = guessCipher(visible, traits);
  if (cipher) see(cipher.kind, cipher.text);
  for (const text of guessReversed(visible, traits, false)) see('reversed', text);
  guessedWords(visible, traits, see);
}

const MARKS = ['<', '*', '_', '`', '\\', "'", '"', '~', '^', '$'].map((mark) => mark.charCodeAt(0));
const MARKS_MIN = 2;
/** Marks of two and more signs within words. */
const MARKED = 4;
const MARKED_WITHIN = /[a-z\u3400-\u9fff](?:\*{2,3}|\/\*\*\/)[a-z\u3400-\u9fff]/i;
const SHORT = 20;
/** A word with the end of a sentence comes first, or one with a capital last; whole sentences are no words. */
const ENDS_FIRST =
  /^\s*[\p{L}\p{N}'’"-]{1,24}(?<![\u3400-\u9fff])[.!?:]{1,3}(?:\s|$)|^\s*[a-z].*\s[A-Z]\S*\s*$/u;

function guessedWords(visible: Visible, traits: Traits, see: See): void {
  const { ascii, shuffled, endsInAy, strangeRun, solid } = traits;
  if (
    (traits.tied > 0 || ((ascii[0x2a] ?? 0) >= MARKED && MARKED_WITHIN.test(visible.text))) &&
    MARKS.some((mark) => (ascii[mark] ?? 0) >= MARKS_MIN)
  )
    see('markup', guessMarkup(visible, ascii));
  if (traits.rowsAt.length > 0) see('markup', guessApart(visible, traits.rowsAt));
  if (traits.piecesAt.length > 0) see('joined', guessJoinedPieces(visible, traits));
  see('joined', guessHyphenated(visible));
  if (traits.longAt.length > 0) see('despaced', guessSplit(visible, traits));
  if (traits.tiedAt.length > 0) see('joined', guessUntied(visible, traits));
  if (isDense(shuffled, traits)) see('unscrambled', guessUnscrambled(visible));
  if (isDense(endsInAy, traits)) see('pig-latin', guessPigLatin(visible));
  see('cipher', guessTransposed(visible, traits));
  if (
    (strangeRun >= STRANGE_MIN || (visible.text.length <= BRIEF && traits.known * 4 <= traits.words)) &&
    hasRepeats(visible.units)
  )
    see('repeated', guessRepeated(visible));
  const signs = visible.text.length - (ascii[0x20] ?? 0);
  if (
    visible.isAscii &&
    solid >= SOLID_MIN / 2 &&
    traits.known * 4 <= traits.words &&
    traits.words * 2 < signs
  )
    see('cipher', guessMovedCodes(visible));
  if (traits.words > 3 && traits.words <= SHORT && ENDS_FIRST.test(visible.text))
    see('reversed', reversedOrder(visible));
}
