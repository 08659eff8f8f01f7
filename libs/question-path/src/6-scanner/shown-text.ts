import { joinPiece } from '@lorekeep/kit/text';

interface Difference {
  /** Where the piece begins in the text as it is kept, and as it is shown. */
  readonly kept: number;
  readonly shown: number;
  readonly text: string;
  readonly given: string;
}

/** An answer's text as it is kept and as its caller sees it, with the way from an offset of one to the other. */
export class ShownText {
  private kept = '';
  private shown = '';
  private readonly differences: Difference[] = [];

  get length(): number {
    return this.kept.length;
  }

  push(text: string, given: string = text): void {
    if (given !== text)
      this.differences.push({ kept: this.kept.length, shown: this.shown.length, text, given });
    this.kept = joinPiece(this.kept, text);
    this.shown = joinPiece(this.shown, given);
  }

  slice(start: number, end: number): { text: string; given: string } {
    return { text: this.kept.slice(start, end), given: this.shown.slice(this.at(start), this.at(end)) };
  }

  /** The offset in the shown text; within what differs, the end of it. */
  at(offset: number): number {
    const last = this.differences.findLast(({ kept }) => kept < offset);
    if (!last) return offset;
    const { text, given } = last;
    const within = offset - last.kept;
    const rest = text.length - within;
    if (rest <= 0) return last.shown + given.length - rest;
    if (text.slice(0, within) === given.slice(0, within)) return last.shown + within;
    const same = commonEnd(text, given);
    return last.shown + given.length - Math.min(rest, same);
  }
}

function commonEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
