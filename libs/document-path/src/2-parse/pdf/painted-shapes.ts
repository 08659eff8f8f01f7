import type { Colour } from '../colours.js';
import type { Box } from './boxes.js';

interface Paint {
  readonly box: Box;
  /** Null: a picture, a pattern, what is seen through, a shape that is no rectangle. */
  readonly colour: Colour | null;
  readonly shape: boolean;
}

/** What lies behind text is looked for among so many shapes that were drawn last. */
const PAINTS_MAX = 2_000;
/** Shapes that stand for a line of letters cover this share of it, and are no higher than so many times its letters. */
const DRAWN_SHARE = 0.5;
const DRAWN_HEIGHT = 2;

/** What was painted on a page so far, the last on top. */
export class PaintedShapes {
  private readonly paints: Paint[] = [];

  add(box: Box, colour: Colour | null, shape: boolean): void {
    this.paints.push({ box, colour, shape });
    if (this.paints.length > PAINTS_MAX) this.paints.shift();
  }

  /** The colour at a place, null if it is not known, undefined where nothing was painted. */
  colourAt(x: number, y: number): Colour | null | undefined {
    return this.paints.findLast(({ box }) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3])
      ?.colour;
  }

  /** Whether shapes as high as letters fill a line of text: Chrome prints bold Chinese so, with text for selecting. */
  drawLetters([left, bottom, right, top]: Box, size: number): boolean {
    const parts = this.paints
      .filter(({ box, shape }) => {
        const overlaps = box[0] < right && left < box[2] && box[1] < top && bottom < box[3];
        return shape && overlaps && box[3] - box[1] <= size * DRAWN_HEIGHT;
      })
      .map(({ box }): [number, number] => [Math.max(left, box[0]), Math.min(right, box[2])])
      .sort(([one], [other]) => one - other);
    let [filled, until] = [0, left];
    for (const [from, to] of parts) {
      filled += Math.max(0, to - Math.max(from, until));
      until = Math.max(until, to);
    }
    return parts.length > 0 && filled >= (right - left) * DRAWN_SHARE;
  }
}
