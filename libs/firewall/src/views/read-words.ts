/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import {
  CUE,
  FLAGS as FLAGS_TABLE,
  HAN_PAIR as HAN_PAIR_TABLE,
  hashStep,
  KNOWN,
  KNOWN_ATBASH,
  KNOWN_LEET,
  KNOWN_REVERSED,
  KNOWN_ROT13,
  KNOWN_SHUFFLED,
  LEET_LETTER as LEET_LETTER_TABLE,
  LETTER as LETTER_TABLE,
  LETTER_WEIGHT as LETTER_WEIGHT_TABLE,
  pairSlot,
  PLAUSIBLE as PLAUSIBLE_TABLE,
  SHUFFLED_MIN,
  shuffledSlot,
  slotOf,
  SPELLING,
} from './lexicon.js';
import type { Traits } from './traits.js';
import { BLANK, CLASS as CLASS_TABLE, DIGIT, LATIN } from './unit-classes.js';

// The engine looks an imported constant up at each use.
const FLAGS = FLAGS_TABLE;
const HAN_PAIR = HAN_PAIR_TABLE;
const LEET_LETTER = LEET_LETTER_TABLE;
const LETTER = LETTER_TABLE;
const LETTER_WEIGHT = LETTER_WEIGHT_TABLE;
const PLAUSIBLE = PLAUSIBLE_TABLE;
const CLASS = CLASS_TABLE;
const QUESTIONABLE = KNOWN_REVERSED | KNOWN_ROT13 | KNOWN_ATBASH;
const SWITCHES_MIN = 2;
const TIED = 3;
const NEWLINE = 0x0a;
const TAG_END = 0x3e;
/** Signs before a word that a blank parts from the one before. */
const OPENS = [...'"\'([{“‘«&=/-'].map((sign) => sign.charCodeAt(0));
/** Units between two words of a row, and how many known words follow the first. */
const APART_MAX = 40;
const ROW = 3;
/** Letters of a word that may be several without blanks. */
const LONG_WORD = 16;
/** Places that are looked at; a text that is meant to be read otherwise has few, or is of nothing else. */
const PLACES_MAX = 512;
function note(places: number[], at: number): void {
  if (places.length < PLACES_MAX && places.at(-1) !== at) places.push(at);
}

/** Dates have digits between single characters. */
function isParting(kind: number): boolean {
  return kind !== DIGIT && kind !== LATIN;
}

/** What is read word by word. */
export class WordPass {
  private singles = 0;
  private tied = 0;
  private apart = 0;
  private rowStart = 0;
  private lastTie = 0;
  private sameTied = 0;
  private chainStart = 0;
  private chainHash = 0;
  private lastStart = 0;
  private lastEnd = -9;
  private strangeRun = 0;
  private lastHan = -9;
  private alone = 0;
  private tokenEnd = 0;
  private lastDigit = -2;
  private numbers = 0;
  private switches = 0;

  constructor(
    private readonly units: Uint16Array,
    private readonly traits: Traits,
  ) {}

  /** Reads the word that begins there; returns where it ends. */
  read(start: number): number {
    const { traits, units } = this;
    const total = units.length;
    let hash = 0;
    let end = start;
    for (; end < total; end++) {
      const letter = LETTER[units[end]!]!;
      if (letter === 0) break;
      hash = hashStep(hash, letter);
    }
    const length = end - start;
    traits.words++;
    if (length > 2) this.numbers = 0;
    if (start - this.lastEnd === 1 && CLASS[units[start - 1]!] !== BLANK) this.tie(start, end);
    else {
      this.tied = this.sameTied = 0;
      this.chainStart = start;
    }
    if (length === 1) this.piece(start);
    else this.singles = 0;
    const flags = FLAGS[slotOf(hash)]!;
    this.part(start, (flags & KNOWN) !== 0);
    this.lastEnd = end;
    this.lastStart = start;
    if (flags >= CUE) this.note(flags);
    if ((flags & KNOWN) !== 0) {
      traits.known++;
      if (length > 3) this.strangeRun = 0;
      return end;
    }
    if ((flags & QUESTIONABLE) !== 0) this.question(flags);
    if (length >= 3) this.judge(start, end, length);
    return end;
  }

  /** Counts known words that more parts than a blank and a sign; one sign alone says nothing. */
  private part(start: number, isWord: boolean): void {
    const { traits, units } = this;
    const gap = start - this.lastEnd;
    const isBlank = CLASS[units[start - 1]!] === BLANK;
    if (gap === 1 && !isBlank && units[start - 1] !== NEWLINE && units[start - 1] !== TAG_END) return;
    const isUsual =
      gap <= 2 && (isBlank || (CLASS[units[start - 2]!] === BLANK && OPENS.includes(units[start - 1]!)));
    if (isUsual || gap > APART_MAX || this.lastHan > this.lastEnd) this.apart = 0;
    else if (this.apart === 0) this.rowStart = this.lastStart;
    if (!isUsual && isWord && ++this.apart === ROW) note(traits.rowsAt, this.rowStart);
  }

  /** A word that one sign parts from the one before. */
  private tie(start: number, end: number): void {
    const { traits, units } = this;
    const sign = units[start - 1]!;
    if (++this.tied > traits.tied) traits.tied = this.tied;
    if (sign === this.lastTie && this.sameTied > 0) this.sameTied++;
    else {
      this.sameTied = 1;
      this.chainStart = this.lastStart;
      this.lastTie = sign;
      this.chainHash = 0;
      for (let i = this.chainStart; i < start - 1; i++)
        this.chainHash = hashStep(this.chainHash, LETTER[units[i]!]!);
    }
    for (let i = start; i < end; i++) this.chainHash = hashStep(this.chainHash, LETTER[units[i]!]!);
    if ((FLAGS[slotOf(this.chainHash)]! & KNOWN) !== 0) note(traits.piecesAt, this.chainStart);
    if (this.sameTied === TIED) note(traits.tiedAt, this.chainStart);
  }

  beginRun(): void {
    this.switches = 0;
  }

  endOfRun(): void {
    if (this.switches >= SWITCHES_MIN) this.traits.coded++;
    this.switches = 0;
  }

  digit(at: number): void {
    this.traits.digits++;
    if (at !== this.lastDigit + 1) {
      this.switches++;
      if (++this.numbers > this.traits.numberRun) this.traits.numberRun = this.numbers;
    }
    this.lastDigit = at;
  }

  han(at: number): void {
    const { traits, units } = this;
    traits.han++;
    const gap = at - this.lastHan;
    if (gap === 1) {
      const pair = HAN_PAIR[pairSlot(units[at - 1]!, units[at]!)]!;
      if ((pair & 1) !== 0) traits.hanForward++;
      else if (pair !== 0) traits.hanReversed++;
      this.alone = this.numbers = 0;
    } else if (gap <= 4 && isParting(CLASS[units[at - 1]!]!)) {
      this.alone++;
      if (this.alone > traits.hanAlone) traits.hanAlone = this.alone;
    } else this.alone = 0;
    this.lastHan = at;
  }

  /** A digit or a sign that may stand for a letter: reads all of the token that it stands in, once. */
  token(at: number): void {
    const { units } = this;
    if (at < this.tokenEnd) return;
    let start = at;
    while (start > this.tokenEnd && LETTER[units[start - 1]!] !== 0) start--;
    let skeleton = 0;
    let end = start;
    let letters = start < at ? 1 : 0;
    for (; end < units.length; end++) {
      const letter = LEET_LETTER[units[end]!]!;
      const isSign = LETTER[units[end]!] === 0;
      // A mark at the end of the sentence is no part of the word before it.
      if ((letter === 0 || (isSign && end > at)) && letters > 0 && this.isLeet(skeleton, end - start)) break;
      if (letter === 0) break;
      if (!isSign) letters = 1;
      skeleton = hashStep(skeleton, letter);
    }
    if (end === units.length && letters > 0) this.isLeet(skeleton, end - start);
    this.tokenEnd = Math.max(end, at + 1);
  }

  private isLeet(skeleton: number, length: number): boolean {
    if (length < 3 || (FLAGS[slotOf(skeleton)]! & KNOWN_LEET) === 0) return false;
    this.traits.leet++;
    return true;
  }

  private note(flags: number): void {
    if ((flags & CUE) !== 0) this.traits.cues++;
    if ((flags & SPELLING) !== 0) this.traits.spelling.add(this.traits.words);
  }

  private question(flags: number): void {
    const { traits } = this;
    if ((flags & KNOWN_REVERSED) !== 0) traits.reversed.add(traits.words);
    if ((flags & KNOWN_ROT13) !== 0) traits.rot13.add(traits.words);
    if ((flags & KNOWN_ATBASH) !== 0) traits.atbash.add(traits.words);
  }

  /** An unknown word: how unlike English it is, and what its letters in another order are. */
  private judge(start: number, end: number, length: number): void {
    const { traits, units } = this;
    if (length > traits.longWord) traits.longWord = length;
    if (length >= LONG_WORD) note(traits.longAt, start);
    const first = LETTER[units[start]!]!;
    let odd = 0;
    let capitals = 0;
    let sum = LETTER_WEIGHT[first]!;
    let before = first;
    for (let i = start + 1; i < end; i++) {
      const letter = LETTER[units[i]!]!;
      odd += 1 - PLAUSIBLE[27 * before + letter]!;
      sum += LETTER_WEIGHT[letter]!;
      before = letter;
      capitals += (units[i - 1]! & ~units[i]! & 0x20) >> 5;
    }
    if (capitals !== 0) {
      traits.cases++;
      this.switches++;
      if (capitals >= TIED) note(traits.tiedAt, start);
    }
    if (before === 25 && LETTER[units[end - 2]!] === 1) traits.endsInAy.add(traits.words);
    if (length >= SHUFFLED_MIN && (FLAGS[shuffledSlot(first, before, length, sum)]! & KNOWN_SHUFFLED) !== 0)
      traits.shuffled.add(traits.words);
    if (odd * 3 < length) {
      if (length > 5) this.strangeRun = 0;
      return;
    }
    this.strangeRun += length;
    if (this.strangeRun <= traits.strangeRun) return;
    traits.strangeRun = this.strangeRun;
    traits.strangeEnd = end;
  }

  /** Letters that something parts. */
  private piece(start: number): void {
    const { traits } = this;
    const gap = start - this.lastEnd;
    this.singles = gap <= 8 ? this.singles + 1 : 1;
    if (this.singles > traits.singles) traits.singles = this.singles;
  }
}
