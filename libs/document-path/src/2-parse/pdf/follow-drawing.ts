import { getResolvedPDFJS } from 'unpdf';
import { colourOf, PAPER, sameColour, type Colour } from '../colours.js';
import type { HiddenWhy } from '../hidden-text.js';
import { areaOf, boxOf, times, within, type Box, type Matrix } from './boxes.js';

/** Text that one operator shows, in points of the page. */
export interface ShownRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly end: number;
  /** Why it is not seen. */
  readonly why: HiddenWhy;
  /** Its letters are drawn as shapes: Chrome prints bold Chinese so, and the text is for selecting. */
  readonly drawn: boolean;
}

export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

interface Paint {
  readonly box: Box;
  /** Null: a picture, a pattern, a shape that is no rectangle. */
  readonly colour: Colour | null;
  readonly shape: boolean;
}

interface State {
  matrix: Matrix;
  clip: Box;
  fill: Colour | null;
  clear: boolean;
  mode: number;
  size: number;
  spacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
}

type Operators = Readonly<Record<string, number>>;

/** What lies behind text is looked for among so many shapes that were drawn last. */
const PAINTS_MAX = 2_000;
/** A page that shows pictures on this share of it and text that is not drawn is a scan with its text recognised. */
const SCAN_SHARE = 0.5;
/** Five points and a close. */
const RECTANGLE_NUMBERS = 16;
const UNSEEN_MODES = new Set([3, 7]);
const CLEAR_BELOW = 0.05;

let operators: Promise<Operators> | undefined;
const operatorsOf = (): Promise<Operators> =>
  (operators ??= getResolvedPDFJS().then(({ OPS }) => OPS as unknown as Operators));

/** Follows the drawing of a page as far as it says which of its text is not seen, and whether it is a scan. */
export async function followDrawing(
  { fnArray, argsArray }: OperatorList,
  view: Box,
): Promise<{ unseen: ShownRun[]; scan: boolean }> {
  const drawing = new Drawing(await operatorsOf(), view);
  fnArray.forEach((operation, at) => drawing.step(operation, argsArray[at]));
  return { unseen: drawing.unseen, scan: drawing.scan };
}

class Drawing {
  readonly unseen: ShownRun[] = [];
  scan = false;
  private readonly paints: Paint[] = [];
  private readonly saved: State[] = [];
  private readonly steps: ReadonlyMap<number, (args: readonly unknown[]) => void>;
  private readonly filling: ReadonlySet<number>;
  private state: State;
  private text: Matrix = [1, 0, 0, 1, 0, 0];
  private line: Matrix = [1, 0, 0, 1, 0, 0];
  private clipping = false;

  constructor(
    ops: Operators,
    private readonly view: Box,
  ) {
    this.state = {
      matrix: [1, 0, 0, 1, 0, 0],
      clip: view,
      fill: [0, 0, 0],
      clear: false,
      mode: 0,
      size: 1,
      spacing: 0,
      wordSpacing: 0,
      scale: 1,
      leading: 0,
      rise: 0,
    };
    this.filling = new Set(
      ['fill', 'eoFill', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke'].map(
        (name) => ops[name] ?? -1,
      ),
    );
    this.steps = new Map(
      Object.entries({ ...this.graphics(), ...this.letters() }).map(([name, step]) => [
        ops[name] ?? -1,
        step,
      ]),
    );
  }

  step(operation: number, args: unknown): void {
    this.steps.get(operation)?.(Array.isArray(args) ? (args as unknown[]) : []);
  }

  private graphics(): Record<string, (args: readonly unknown[]) => void> {
    const picture = (): void => this.paint(boxOf([0, 0, 1, 1], this.state.matrix), null, 'picture');
    const save = (): void => void this.saved.push({ ...this.state });
    const restore = (): void => void (this.state = this.saved.pop() ?? this.state);
    const unknown = (): void => void (this.state.fill = null);
    return {
      save,
      restore,
      transform: (args) => this.transform(args),
      paintFormXObjectBegin: ([matrix]) => {
        save();
        if (Array.isArray(matrix)) this.transform(matrix as unknown[]);
      },
      paintFormXObjectEnd: restore,
      setFillRGBColor: ([colour]) => void (this.state.fill = colourOf(String(colour))),
      setFillColorN: unknown,
      setFillTransparent: () => void (this.state.clear = true),
      setGState: ([entries]) => this.graphicsState(entries),
      clip: () => void (this.clipping = true),
      eoClip: () => void (this.clipping = true),
      constructPath: ([operation, data, extent]) => this.path(Number(operation), data, extent),
      shadingFill: () => this.paint(this.state.clip, null),
      paintImageXObject: picture,
      paintInlineImageXObject: picture,
      paintImageMaskXObject: picture,
      paintImageXObjectRepeat: picture,
      paintInlineImageXObjectGroup: () => this.paint(this.state.clip, null),
    };
  }

  private letters(): Record<string, (args: readonly unknown[]) => void> {
    const move = (x: number, y: number): void =>
      void (this.text = this.line = times([1, 0, 0, 1, x, y], this.line));
    return {
      beginText: () => void (this.text = this.line = [1, 0, 0, 1, 0, 0]),
      setFont: ([, size]) => void (this.state.size = Number(size)),
      setTextRenderingMode: ([mode]) => void (this.state.mode = Number(mode)),
      setTextMatrix: (args) => void (this.text = this.line = matrixOf(args) ?? this.text),
      moveText: ([x, y]) => move(Number(x), Number(y)),
      setLeadingMoveText: ([x, y]) => {
        this.state.leading = -Number(y);
        move(Number(x), Number(y));
      },
      nextLine: () => move(0, -this.state.leading),
      setLeading: ([leading]) => void (this.state.leading = -Number(leading)),
      setCharSpacing: ([spacing]) => void (this.state.spacing = Number(spacing)),
      setWordSpacing: ([spacing]) => void (this.state.wordSpacing = Number(spacing)),
      setHScale: ([scale]) => void (this.state.scale = Number(scale) / 100),
      setTextRise: ([rise]) => void (this.state.rise = Number(rise)),
      showText: ([glyphs]) => this.show(Array.isArray(glyphs) ? (glyphs as unknown[]) : []),
    };
  }

  private transform(args: readonly unknown[]): void {
    const matrix = matrixOf(args);
    if (matrix) this.state.matrix = times(matrix, this.state.matrix);
  }

  private graphicsState(entries: unknown): void {
    for (const entry of Array.isArray(entries) ? (entries as unknown[]) : []) {
      const [name, value] = entry as [string, unknown];
      if (name === 'ca') this.state.clear = Number(value) < CLEAR_BELOW;
    }
  }

  /** `extent` is the box of the path; filled, it paints, and after a clip it bounds what is painted from then on. */
  private path(operation: number, data: unknown, extent: unknown): void {
    const [left, bottom, right, top] = Object.values((extent ?? {}) as Record<string, number>).map(Number);
    const known = left !== undefined && bottom !== undefined && right !== undefined && top !== undefined;
    const box = known ? boxOf([left, bottom, right, top], this.state.matrix) : this.state.clip;
    if (this.filling.has(operation) && !this.state.clear)
      this.paint(box, isRectangle(data) ? this.state.fill : null, isRectangle(data) ? 'rectangle' : 'shape');
    if (this.clipping) this.state.clip = within(this.state.clip, box);
    this.clipping = false;
  }

  private paint(
    box: Box,
    colour: Colour | null,
    kind: 'picture' | 'shape' | 'rectangle' = 'rectangle',
  ): void {
    const seen = within(box, this.state.clip);
    if (seen[0] >= seen[2] || seen[1] >= seen[3]) return;
    if (kind === 'picture' && areaOf(seen) >= SCAN_SHARE * areaOf(this.view)) this.scan = true;
    this.paints.push({ box: seen, colour, shape: kind === 'shape' });
    if (this.paints.length > PAINTS_MAX) this.paints.shift();
  }

  private show(glyphs: readonly unknown[]): void {
    const { state } = this;
    let text = '';
    let advance = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') advance -= (glyph / 1_000) * state.size;
      else if (glyph && typeof glyph === 'object') {
        const {
          unicode = '',
          width = 0,
          isSpace,
        } = glyph as { unicode?: string; width?: number; isSpace?: boolean };
        text += unicode;
        advance += (width / 1_000) * state.size + state.spacing + (isSpace ? state.wordSpacing : 0);
      }
    }
    const place = times([1, 0, 0, 1, 0, state.rise], times(this.text, state.matrix));
    const [x, y] = [place[4], place[5]];
    this.text = times([1, 0, 0, 1, advance * state.scale, 0], this.text);
    const end = times(this.text, state.matrix)[4];
    const why = this.whyUnseen(x, y, end);
    if (why && text.trim() !== '')
      this.unseen.push({ text, x, y, end, why, drawn: why === 'not-displayed' && this.isDrawn(x, y, end) });
  }

  private isDrawn(x: number, y: number, end: number): boolean {
    const size = this.state.size * Math.hypot(this.state.matrix[2], this.state.matrix[3]);
    const [left, bottom, right, top] = [Math.min(x, end), y - size / 2, Math.max(x, end), y + size];
    return this.paints.some(
      ({ box, shape }) => shape && box[0] <= right && left <= box[2] && box[1] <= top && bottom <= box[3],
    );
  }

  private whyUnseen(x: number, y: number, end: number): HiddenWhy | null {
    const { mode, clear, fill } = this.state;
    const [left, bottom, right, top] = this.view;
    if (Math.max(x, end) < left || Math.min(x, end) > right || y < bottom - 1 || y > top) return 'outside';
    if (UNSEEN_MODES.has(mode) || clear) return 'not-displayed';
    // Letters with an outline are seen by it.
    if (!fill || mode !== 0) return null;
    const middle = (x + end) / 2;
    const height = y + this.state.size * 0.2 * Math.hypot(this.state.matrix[2], this.state.matrix[3]);
    const behind = this.paints.findLast(
      ({ box }) => box[0] <= middle && middle <= box[2] && box[1] <= height && height <= box[3],
    );
    const ground = behind ? behind.colour : PAPER;
    return ground && sameColour(ground, fill) ? 'colour' : null;
  }
}

/** Moves and lines between two places across and two up and down; the library writes 0, 1 and 4 for move, line, close. */
function isRectangle(data: unknown): boolean {
  const [first] = Array.isArray(data) ? (data as unknown[]) : [];
  const numbers = Object.values((first ?? {}) as Record<string, number>);
  const [across, up] = [new Set<number>(), new Set<number>()];
  if (numbers.length === 0 || numbers.length > RECTANGLE_NUMBERS) return false;
  for (let at = 0; at < numbers.length;) {
    const operation = numbers[at];
    if (operation !== 0 && operation !== 1 && operation !== 4) return false;
    if (operation !== 4) {
      across.add(numbers[at + 1] ?? 0);
      up.add(numbers[at + 2] ?? 0);
    }
    at += operation === 4 ? 1 : 3;
  }
  return across.size <= 2 && up.size <= 2;
}

function matrixOf(args: readonly unknown[]): Matrix | null {
  const from = (args.length === 1 ? Object.values((args[0] ?? {}) as object) : args) as unknown[];
  const numbers = from.map(Number);
  return numbers.length === 6 && numbers.every(Number.isFinite) ? (numbers as unknown as Matrix) : null;
}
