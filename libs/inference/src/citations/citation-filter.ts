/** Longest citation that is waited for: `[1, 2, 12]`, `【3†source】`. */
const OPEN_LIMIT = 24;
const DIGITS_LIMIT = 3;

/** What the filter found in a piece of text. */
export interface FilteredText {
  readonly text: string;
  /** Known numbers cited in it, in order, repeats included. */
  readonly cited: readonly number[];
}

/**
 * Removes citations of unknown numbers from a streamed answer and reports the known ones. Reads `[1]`, `[1, 2]` and
 * the `【1】`, `【1†…】` that some models are used to (which it turns into `[1]`). Code between backticks is left alone.
 * Holds back only a citation that is still open, and the blank before it.
 */
export class CitationFilter {
  private held = '';
  /** Length of the run of backticks that opened the code we are in; 0 outside code. */
  private fence = 0;
  private ticks = 0;

  constructor(private readonly known: ReadonlySet<number>) {}

  push(piece: string): FilteredText {
    // Most pieces hold neither a citation nor code.
    if (this.held === '' && this.fence === 0 && this.ticks === 0 && isPlain(piece))
      return { text: piece, cited: NONE };
    return this.read(this.held + piece, false);
  }

  /** The stream is over: what was held back was no citation. */
  end(): FilteredText {
    return this.read(this.held, true);
  }

  private read(text: string, last: boolean): FilteredText {
    this.held = '';
    const cited: number[] = [];
    let out = '';
    for (let at = 0; at < text.length;) {
      const character = text.charAt(at);
      if (character === '`') this.ticks += 1;
      else this.endTicks();
      // A lone backtick is no code: what a line opens within it, the line ends.
      if (character === '\n' && this.fence < 3) this.fence = 0;
      if (this.fence > 0 || this.ticks > 0 || !mayOpen(character)) {
        out += character;
        at += 1;
        continue;
      }
      const found = readCitation(text, at);
      if (found === 'open' && !last) {
        this.held = text.slice(at);
        break;
      }
      if (found === 'open' || found === null) {
        out += character;
        at += 1;
        continue;
      }
      const numbers = found.numbers.filter((number) => this.known.has(number));
      if (numbers.length > 0) out += `${found.blank}[${numbers.join(', ')}]`;
      cited.push(...numbers);
      at = found.end;
    }
    return { text: out, cited };
  }

  private endTicks(): void {
    if (this.ticks === 0) return;
    if (this.fence === 0) this.fence = this.ticks;
    else if (this.ticks >= this.fence) this.fence = 0;
    this.ticks = 0;
  }
}

const NONE: readonly number[] = [];

function mayOpen(character: string): boolean {
  return character === '[' || character === '【' || character === ' ';
}

function isPlain(piece: string): boolean {
  for (let i = 0; i < piece.length; i++) {
    const unit = piece.charCodeAt(i);
    // [ ` 【, and a blank at the very end, which may stand before a citation.
    if (unit === 0x5b || unit === 0x60 || unit === 0x3010) return false;
  }
  return piece.charCodeAt(piece.length - 1) !== 0x20;
}

interface Citation {
  readonly blank: string;
  readonly numbers: number[];
  readonly end: number;
}

/** The citation that begins at `start`, `open` when its end has not arrived, null when it is none. */
function readCitation(text: string, start: number): Citation | 'open' | null {
  const blank = text.charAt(start) === ' ' ? ' ' : '';
  const at = start + blank.length;
  if (at >= text.length) return 'open';
  const close = text.charAt(at) === '[' ? ']' : text.charAt(at) === '【' ? '】' : null;
  if (close === null) return null;
  const numbers: number[] = [];
  let digits = '';
  let note = false;
  for (let i = at + 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (i - at > OPEN_LIMIT) return null;
    if (character === close) {
      if (digits === '' || digits.length > DIGITS_LIMIT) return null;
      numbers.push(Number(digits));
      return { blank, numbers, end: i + 1 };
    }
    if (note) continue;
    if (character >= '0' && character <= '9') digits += character;
    else if (isSeparator(character)) {
      if (digits.length > DIGITS_LIMIT) return null;
      if (character !== ' ' && digits === '') return null;
      if (character !== ' ') {
        numbers.push(Number(digits));
        digits = '';
      }
    } else if (close === '】' && character === '†' && digits !== '') note = true;
    else return null;
  }
  return 'open';
}

function isSeparator(character: string): boolean {
  return (
    character === ',' || character === ' ' || character === ';' || character === '，' || character === '、'
  );
}
