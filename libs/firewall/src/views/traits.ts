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
  /** Where rows of known words begin that have more between each two than sentences have. */
  readonly rowsAt: number[] = [];
  /** Where pieces begin that one sign parts and that are a known word together. */
  readonly piecesAt: number[] = [];
  /** Where rows of four words begin that the same sign parts, and words of four parts with capitals. */
  readonly tiedAt: number[] = [];
  /** Where quotation marks stand, of any kind. */
  readonly quotesAt: number[] = [];
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
