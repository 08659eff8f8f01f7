/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import {
  CUE,
  FLAGS,
  HAN_PAIR,
  hashStep,
  KNOWN,
  KNOWN_ATBASH,
  KNOWN_LEET,
  KNOWN_REVERSED,
  KNOWN_ROT13,
  KNOWN_SHUFFLED,
  LEET_LETTER,
  LETTER,
  LETTER_WEIGHT,
  pairSlot,
  PLAUSIBLE,
  SHUFFLED_MIN,
  shuffledSlot,
  slotOf,
} from './lexicon.js';
import { BLANK, CLASS, DIGIT, HAN, LATIN, LINE_END, RARE, SIGN } from './unit-classes.js';

/** Signs, found by one pass, that a text may hold something else than what stands there. */
export class Traits {
  /** How often each ASCII unit stands there. */
  readonly ascii = new Uint32Array(128);
  words = 0;
  known = 0;
  reversed = 0;
  rot13 = 0;
  atbash = 0;
  shuffled = 0;
  leet = 0;
  cues = 0;
  endsInAy = 0;
  /** Letters in words whose pairs of letters no English word has; the longest run of such words. */
  strange = 0;
  strangeRun = 0;
  /** The longest run of pieces of one letter, and of at most three letters that one sign parts. */
  singles = 0;
  pieces = 0;
  /** The longest run without a blank, of letters and digits, of digits and signs. */
  solid = 0;
  longRun = 0;
  digits = 0;
  longWord = 0;
  /** Words with a small letter before a capital one. */
  cases = 0;
  lines = 0;
  han = 0;
  hanForward = 0;
  hanReversed = 0;
  /** Han characters that stand alone between others than Han. */
  hanAlone = 0;
  rare = 0;
}

const QUESTIONABLE = KNOWN_REVERSED | KNOWN_ROT13 | KNOWN_ATBASH;

/** One pass over a visible text; the cost is a few nanoseconds a unit, whatever the text. */
export function readTraits(units: Uint16Array): Traits {
  const traits = new Traits();
  const words = new WordPass(units, traits);
  const { ascii } = traits;
  let hash = 0;
  let skeleton = 0;
  let signs = 0;
  let tokenLetters = 0;
  let wordStart = -1;
  let solid = 0;
  let run = 0;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!;
    const kind = CLASS[unit]!;
    if (unit < 128) ascii[unit]!++;
    if (kind === DIGIT) traits.digits++;
    const leetLetter = LEET_LETTER[unit]!;
    if (leetLetter === 0 || kind === SIGN) {
      if (signs > 0 && tokenLetters > 0 && (FLAGS[slotOf(skeleton)]! & KNOWN_LEET) !== 0) traits.leet++;
      if (leetLetter === 0) skeleton = signs = tokenLetters = 0;
    }
    if (kind === LATIN) {
      if (wordStart < 0) wordStart = i;
      hash = hashStep(hash, LETTER[unit]!);
      skeleton = hashStep(skeleton, leetLetter);
      tokenLetters++;
    } else {
      if (wordStart >= 0) {
        words.end(wordStart, i, hash);
        wordStart = -1;
        hash = 0;
      }
      if (leetLetter > 0) {
        skeleton = hashStep(skeleton, leetLetter);
        signs++;
      }
      if (kind === HAN) words.han(i);
      else if (kind === RARE) traits.rare++;
    }
    if (kind === BLANK || kind === LINE_END) {
      if (solid > traits.solid) traits.solid = solid;
      if (run > traits.longRun) traits.longRun = run;
      if (kind === LINE_END) traits.lines++;
      solid = run = 0;
    } else {
      solid++;
      if (
        kind === LATIN ||
        kind === DIGIT ||
        unit === 0x2b ||
        unit === 0x2f ||
        unit === 0x2d ||
        unit === 0x5f
      )
        run++;
      else {
        if (run > traits.longRun) traits.longRun = run;
        run = 0;
      }
    }
  }
  if (signs > 0 && tokenLetters > 0 && (FLAGS[slotOf(skeleton)]! & KNOWN_LEET) !== 0) traits.leet++;
  if (wordStart >= 0) words.end(wordStart, units.length, hash);
  words.finish();
  traits.solid = Math.max(traits.solid, solid);
  traits.longRun = Math.max(traits.longRun, run);
  return traits;
}

/** What is read word by word. */
class WordPass {
  private singles = 0;
  private pieces = 0;
  private lastEnd = -2;
  private strangeRun = 0;
  private lastHan = -9;
  private alone = 0;

  constructor(
    private readonly units: Uint16Array,
    private readonly traits: Traits,
  ) {}

  end(start: number, end: number, hash: number): void {
    const { traits, units } = this;
    const length = end - start;
    traits.words++;
    this.piece(start, end, length);
    const flags = FLAGS[slotOf(hash)]!;
    if ((flags & CUE) !== 0) traits.cues++;
    if ((flags & KNOWN) !== 0) {
      traits.known++;
      if (length > 3) this.strangeRun = 0;
      return;
    }
    if ((flags & QUESTIONABLE) !== 0) {
      if ((flags & KNOWN_REVERSED) !== 0) traits.reversed++;
      if ((flags & KNOWN_ROT13) !== 0) traits.rot13++;
      if ((flags & KNOWN_ATBASH) !== 0) traits.atbash++;
    }
    if (length < 3) return;
    if (length > traits.longWord) traits.longWord = length;
    let odd = 0;
    let capitals = 0;
    let sum = LETTER_WEIGHT[LETTER[units[start]!]!]!;
    let before = LETTER[units[start]!]!;
    for (let i = start + 1; i < end; i++) {
      const letter = LETTER[units[i]!]!;
      odd += 1 - PLAUSIBLE[27 * before + letter]!;
      sum += LETTER_WEIGHT[letter]!;
      before = letter;
      capitals |= units[i - 1]! & ~units[i]! & 0x20;
    }
    if (capitals !== 0) traits.cases++;
    if (before === 25 && LETTER[units[end - 2]!] === 1) traits.endsInAy++;
    if (length >= SHUFFLED_MIN) {
      const slot = shuffledSlot(LETTER[units[start]!]!, before, length, sum);
      if ((FLAGS[slot]! & KNOWN_SHUFFLED) !== 0) traits.shuffled++;
    }
    if (odd * 4 >= length) {
      traits.strange += length;
      this.strangeRun += length;
      if (this.strangeRun > traits.strangeRun) traits.strangeRun = this.strangeRun;
    }
  }

  han(at: number): void {
    const { traits, units } = this;
    traits.han++;
    const gap = at - this.lastHan;
    if (gap === 1) {
      const pair = HAN_PAIR[pairSlot(units[at - 1]!, units[at]!)]!;
      if ((pair & 1) !== 0) traits.hanForward++;
      else if (pair !== 0) traits.hanReversed++;
      this.alone = 0;
    } else if (gap <= 4) {
      this.alone++;
      if (this.alone > traits.hanAlone) traits.hanAlone = this.alone;
    } else this.alone = 0;
    this.lastHan = at;
  }

  finish(): void {
    if (this.singles > this.traits.singles) this.traits.singles = this.singles;
  }

  /** Pieces of a word that something parts. */
  private piece(start: number, end: number, length: number): void {
    const { traits } = this;
    const gap = start - this.lastEnd;
    this.singles = length === 1 && gap <= 8 ? this.singles + 1 : length === 1 ? 1 : 0;
    if (this.singles > traits.singles) traits.singles = this.singles;
    const isPiece = length <= 3 && gap === 1 && CLASS[this.units[start - 1]!] !== BLANK;
    this.pieces = isPiece ? this.pieces + 1 : 0;
    if (this.pieces > traits.pieces) traits.pieces = this.pieces;
    this.lastEnd = end;
  }
}
