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
  SPELLING,
} from './lexicon.js';
import { BLANK, CLASS, DIGIT, HAN, LATIN, LINE_END, RARE } from './unit-classes.js';

/** How often something stands there, and how densely: words close to each other count together. */
export class Density {
  count = 0;
  peak = 0;
  private recent = 0;
  private lastWord = 0;

  add(word: number): void {
    this.count++;
    this.recent = this.recent * FADING ** Math.min(word - this.lastWord, FADED) + 1;
    this.lastWord = word;
    if (this.recent > this.peak) this.peak = this.recent;
  }
}
const FADING = 0.85;
const FADED = 32;

/** Many close to each other, or most of a short text. */
export function isDense({ count, peak }: Density, { known, words }: Traits): boolean {
  return peak >= DENSE || (count > 1 && count >= known) || (count > 0 && known === 0 && words < DENSE * 2);
}
const DENSE = 2.2;

/** Signs, found by one pass, that a text may hold something else than what stands there. */
export class Traits {
  /** How often each ASCII unit that is no letter stands there. */
  readonly ascii = new Uint32Array(128);
  readonly reversed = new Density();
  readonly rot13 = new Density();
  readonly atbash = new Density();
  readonly shuffled = new Density();
  readonly spelling = new Density();
  readonly endsInAy = new Density();
  words = 0;
  known = 0;
  leet = 0;
  cues = 0;
  /** Letters of the longest run of words whose pairs of letters no English word has, and where it ends. */
  strangeRun = 0;
  strangeEnd = 0;
  /** The longest run of pieces of one letter. */
  singles = 0;
  /** The longest run of words that one sign each parts. */
  tied = 0;
  /** Where pieces begin that one sign parts and that are a known word together. */
  readonly piecesAt: number[] = [];
  /** Where rows of four words begin that the same sign parts, and words of four parts with capitals. */
  readonly tiedAt: number[] = [];
  /** Where long words begin that are not known. */
  readonly longAt: number[] = [];
  /** Runs of letters, digits and the signs of base64 that go to and fro between cases and digits. */
  coded = 0;
  /** The longest run without a blank, and of letters, digits and the signs of base64. */
  solid = 0;
  longRun = 0;
  digits = 0;
  /** The longest row of numbers without a word between. */
  numberRun = 0;
  longWord = 0;
  /** Words with a small letter before a capital one. */
  cases = 0;
  lines = 0;
  han = 0;
  hanForward = 0;
  hanReversed = 0;
  /** The longest run of Han characters that stand alone between others than Han. */
  hanAlone = 0;
  rare = 0;
}

const QUESTIONABLE = KNOWN_REVERSED | KNOWN_ROT13 | KNOWN_ATBASH;
const CODED_MIN = 8;
const SWITCHES_MIN = 2;
const TIED = 3;
/** Letters of a word that may be several without blanks. */
export const LONG_WORD = 16;
/** Places that are looked at; a text that is meant to be read otherwise has few, or is of nothing else. */
const PLACES_MAX = 512;
function note(places: number[], at: number): void {
  if (places.length < PLACES_MAX && places.at(-1) !== at) places.push(at);
}
const IN_RUN = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[A-Za-z0-9+/_=-]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** One pass over a visible text; the cost is a few nanoseconds a unit, whatever the text. */
export function readTraits(units: Uint16Array): Traits {
  const traits = new Traits();
  const words = new WordPass(units, traits);
  const { ascii } = traits;
  const { length } = units;
  let [lastBlank, lastBreak, solid, longRun] = [-1, -1, 0, 0];
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    const kind = CLASS[unit]!;
    if (kind === LATIN) {
      i = words.read(i) - 1;
      continue;
    }
    if (unit < 128) {
      ascii[unit]!++;
      if (kind === DIGIT) words.digit(i);
      if (LEET_LETTER[unit] !== 0) words.token(i);
      if (IN_RUN[unit] === 1) continue;
    } else if (kind === HAN) words.han(i);
    else if (kind === RARE) traits.rare++;
    if (i - lastBreak > longRun) longRun = i - lastBreak;
    if (i - lastBreak > CODED_MIN) words.endOfRun();
    else words.beginRun();
    lastBreak = i;
    // What is solid without blanks is nothing to wonder at in Chinese.
    if (kind !== BLANK && kind !== LINE_END && kind !== HAN) continue;
    if (i - lastBlank > solid) solid = i - lastBlank;
    lastBlank = i;
    if (kind === LINE_END) traits.lines++;
  }
  if (length - lastBreak > CODED_MIN) words.endOfRun();
  traits.solid = Math.max(solid, length - lastBlank) - 1;
  traits.longRun = Math.max(longRun, length - lastBreak) - 1;
  return traits;
}

/** Dates have digits between single characters. */
function isParting(kind: number): boolean {
  return kind !== DIGIT && kind !== LATIN;
}

/** What is read word by word. */
class WordPass {
  private singles = 0;
  private tied = 0;
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
    this.lastEnd = end;
    this.lastStart = start;
    const flags = FLAGS[slotOf(hash)]!;
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
