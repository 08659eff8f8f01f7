import { getResolvedPDFJS } from 'unpdf';
import { colourOf, PAPER, sameColour, type Colour } from '../colours.js';
import type { HiddenWhy } from '../hidden-text.js';
import { areaOf, boxOf, times, within, type Box, type Matrix } from './boxes.js';
import { CoveredRuns } from './covered-runs.js';
import { initialState, withEntries, type DrawingState } from './drawing-state.js';
import { PaintedShapes } from './painted-shapes.js';
import { isRectangle, matrixOf } from './path-data.js';

/** Text that one operator shows, in points of the page. */
export interface ShownRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly end: number;
  /** Why it is not seen. */
  readonly why: HiddenWhy;
}

export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

type Operators = Readonly<Record<string, number>>;

/** A picture on this share of the page is a scan where nearly all text is not drawn: it is what was recognised in it. */
const SCAN_SHARE = 0.5;
const RECOGNISED_SHARE = 0.75;
const UNSEEN_MODES = new Set([3, 7]);
const CLEAR_BELOW = 0.05;
const OPAQUE_FROM = 0.95;
/** Letters this much narrower than high, or lower than wide, are lines. */
const SQUEEZED_BELOW = 0.05;
/** Of the letters' size: what must be within the clip for them to be read. */
const CLIPPED_BELOW = 0.1;
const FILLING = ['fill', 'eoFill', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke'];

let operators: Promise<Operators> | undefined;
const operatorsOf = (): Promise<Operators> =>
  (operators ??= getResolvedPDFJS().then(({ OPS }) => OPS as unknown as Operators));

/** What the file says of its layers and pictures. */
export interface DrawnParts {
  readonly isLayerShown: (group: unknown) => boolean;
  readonly isOpaque: (picture: string) => boolean;
}

export interface FollowedPage {
  readonly unseen: ShownRun[];
  /** It is a picture with what was recognised in it: text that is not drawn is what readers see. */
  readonly recognised: boolean;
  /** It shows a picture on most of it. */
  readonly pictured: boolean;
}

/** Follows the drawing of a page as far as it says which of its text is not seen, and whether it is a scan. */
export async function followDrawing(
  { fnArray, argsArray }: OperatorList,
  view: Box,
  parts: DrawnParts,
): Promise<FollowedPage> {
  const drawing = new Drawing(await operatorsOf(), view, parts);
  fnArray.forEach((operation, at) => drawing.step(operation, argsArray[at]));
  return drawing.end();
}

class Drawing {
  private readonly unseen: ShownRun[] = [];
  private pictured = false;
  private characters = 0;
  private readonly seen = new CoveredRuns();
  private readonly paints = new PaintedShapes();
  private readonly saved: DrawingState[] = [];
  private readonly steps: ReadonlyMap<number, (args: readonly unknown[]) => void>;
  private readonly filling: ReadonlySet<number>;
  /** Of each marked content that is open: whether its layer is shown. */
  private readonly layers: boolean[] = [];
  /** Of each group that is open: whether it is a mask, which is not drawn. */
  private readonly masks: boolean[] = [];
  private state: DrawingState;
  private text: Matrix = [1, 0, 0, 1, 0, 0];
  private line: Matrix = [1, 0, 0, 1, 0, 0];
  private clipping = false;

  constructor(
    ops: Operators,
    private readonly view: Box,
    private readonly parts: DrawnParts,
  ) {
    this.state = initialState(view);
    this.filling = new Set(FILLING.map((name) => ops[name] ?? -1));
    this.steps = new Map(
      Object.entries({ ...this.graphics(), ...this.groups(), ...this.letters() }).map(([name, step]) => [
        ops[name] ?? -1,
        step,
      ]),
    );
  }

  step(operation: number, args: unknown): void {
    this.steps.get(operation)?.(Array.isArray(args) ? (args as unknown[]) : []);
  }

  end(): FollowedPage {
    const { unseen, pictured } = this;
    const undrawn = unseen.filter(({ why }) => why === 'not-displayed');
    const share = undrawn.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, this.characters);
    return { unseen, pictured, recognised: pictured && share >= RECOGNISED_SHARE };
  }

  private graphics(): Record<string, (args: readonly unknown[]) => void> {
    const picture = ([name]: readonly unknown[]): void =>
      this.picture(typeof name === 'string' && this.parts.isOpaque(name));
    return {
      transform: (args) => this.transform(args),
      setFillRGBColor: ([colour]) => this.fillWith(colourOf(String(colour))),
      setFillColorN: () => this.fillWith(null),
      setFillTransparent: () => this.fillWith(null, true),
      setStrokeRGBColor: ([colour]) => void (this.state.stroke = colourOf(String(colour))),
      setStrokeColorN: () => void (this.state.stroke = null),
      setGState: ([entries]) => withEntries(this.state, entries),
      clip: () => void (this.clipping = true),
      eoClip: () => void (this.clipping = true),
      constructPath: ([operation, data, extent]) => this.path(Number(operation), data, extent),
      shadingFill: () => this.paint(this.state.clip, null),
      paintImageXObject: picture,
      paintInlineImageXObject: picture,
      paintImageMaskXObject: () => this.picture(false),
      paintImageXObjectRepeat: picture,
      paintInlineImageXObjectGroup: () => this.paint(this.state.clip, null),
    };
  }

  private groups(): Record<string, (args: readonly unknown[]) => void> {
    const save = (): void => void this.saved.push({ ...this.state });
    const restore = (): void => void (this.state = this.saved.pop() ?? this.state);
    return {
      save,
      restore,
      beginGroup: ([group]) => {
        save();
        const { state } = this;
        state.groupAlpha *= state.fillAlpha;
        [state.fillAlpha, state.strokeAlpha] = [1, 1];
        this.masks.push(Boolean((group as { smask?: unknown } | null)?.smask));
      },
      endGroup: () => {
        this.masks.pop();
        restore();
      },
      paintFormXObjectBegin: ([matrix, edges]) => {
        save();
        if (Array.isArray(matrix) || ArrayBuffer.isView(matrix)) this.transform([matrix]);
        const [left, bottom, right, top] = Object.values((edges ?? {}) as Record<string, number>);
        if (left === undefined || bottom === undefined || right === undefined || top === undefined) return;
        this.state.clip = within(this.state.clip, boxOf([left, bottom, right, top], this.state.matrix));
      },
      paintFormXObjectEnd: restore,
      beginMarkedContent: () => void this.layers.push(true),
      beginMarkedContentProps: ([tag, group]) =>
        void this.layers.push(tag !== 'OC' || this.parts.isLayerShown(group)),
      endMarkedContent: () => void this.layers.pop(),
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

  private fillWith(fill: Colour | null, clear = false): void {
    Object.assign(this.state, { fill, clear });
  }

  private transform(args: readonly unknown[]): void {
    const matrix = matrixOf(args);
    if (matrix) this.state.matrix = times(matrix, this.state.matrix);
  }

  /** `extent` is the box of the path; filled, it paints, and after a clip it bounds what is painted from then on. */
  private path(operation: number, data: unknown, extent: unknown): void {
    const numbers = Object.values((extent ?? {}) as Record<string, number>).map(Number);
    const known = numbers.length === 4 && numbers.every(Number.isFinite);
    const box = known ? boxOf(numbers as unknown as Box, this.state.matrix) : this.state.clip;
    if (this.filling.has(operation) && this.alpha() >= CLEAR_BELOW) {
      const rectangle = isRectangle(data);
      const colour = rectangle && this.isOpaque() ? this.state.fill : null;
      this.paint(box, colour, !rectangle);
      if (colour) this.cover(box);
    }
    if (this.clipping) this.state.clip = within(this.state.clip, box);
    this.clipping = false;
  }

  private picture(opaque: boolean): void {
    const box = boxOf([0, 0, 1, 1], this.state.matrix);
    if (areaOf(within(box, this.state.clip)) >= SCAN_SHARE * areaOf(this.view)) this.pictured = true;
    this.paint(box, null);
    if (opaque && this.isOpaque()) this.cover(box);
  }

  private paint(box: Box, colour: Colour | null, shape = false): void {
    const seen = within(box, this.state.clip);
    if (areaOf(seen) > 0 && !this.isUnseenPart()) this.paints.add(seen, colour, shape);
  }

  private cover(box: Box): void {
    if (this.isUnseenPart()) return;
    for (const run of this.seen.cover(within(box, this.state.clip))) this.unseen.push(run);
  }

  /** Within a layer that is not shown, or a mask. */
  private isUnseenPart = (): boolean => this.layers.includes(false) || this.masks.includes(true);
  private alpha = (): number => (this.state.clear ? 0 : this.state.fillAlpha * this.state.groupAlpha);
  private isOpaque = (): boolean => this.alpha() >= OPAQUE_FROM && !this.state.mixed;

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
    const length = advance * state.scale;
    this.text = times([1, 0, 0, 1, length, 0], this.text);
    const end = times(this.text, state.matrix)[4];
    if (text.trim() === '' || this.masks.includes(true)) return;
    this.characters += text.length;
    const box = boxOf([0, state.size * -0.2, length, state.size * 0.8], place);
    const run = { text, x: place[4], y: place[5], end };
    const size = Math.abs(state.size) * Math.hypot(place[2], place[3]);
    const why = this.whyUnseen(place, end, box, size);
    if (!why) this.seen.add({ ...run, why: 'not-displayed' }, box, size);
    else if (why !== 'not-displayed' || !this.paints.drawLetters(box, size))
      this.unseen.push({ ...run, why });
  }

  private whyUnseen(place: Matrix, end: number, box: Box, size: number): HiddenWhy | null {
    const { mode, fill, stroke, clip } = this.state;
    const [x, y] = [place[4], place[5]];
    const [left, bottom, right, top] = this.view;
    if (Math.max(x, end) < left || Math.min(x, end) > right || y < bottom - 1 || y > top) return 'outside';
    const cut = within(box, clip);
    const room = Math.min(size * CLIPPED_BELOW, (box[3] - box[1]) * CLIPPED_BELOW);
    if (cut[2] < cut[0] || cut[3] - cut[1] < room) return 'outside';
    const lines = mode % 4 === 1 || mode % 4 === 2;
    const [inside, around] = [mode % 4 !== 1 && this.alpha(), lines && this.strokeAlpha()];
    const clear = Math.max(Number(inside), Number(around)) < CLEAR_BELOW;
    if (UNSEEN_MODES.has(mode) || clear || this.layers.includes(false)) return 'not-displayed';
    const across = Math.abs(this.state.scale) * Math.hypot(place[0], place[1]);
    const up = Math.hypot(place[2], place[3]);
    if (across < up * SQUEEZED_BELOW || up < across * SQUEEZED_BELOW) return 'tiny';
    const ground = this.paints.colourAt((x + end) / 2, y + size * 0.2);
    const behind = ground === undefined ? PAPER : ground;
    // Letters with an outline are seen by it.
    const same = (colour: Colour | null): boolean => !!behind && !!colour && sameColour(behind, colour);
    return (mode % 4 === 1 || same(fill)) && (!lines || same(stroke)) ? 'colour' : null;
  }

  private strokeAlpha = (): number => this.state.strokeAlpha * this.state.groupAlpha;
}
