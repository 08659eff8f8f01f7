import { KeptText } from '../text/kept-text.js';

/**
 * The text that detectors look back at, by their positions. It is that of whoever feeds them, as long as they read what
 * stands there; one of their own otherwise, and from `detach` on.
 */
export class DetectorText {
  private text: KeptText;
  /** Whether pieces are to be added here. */
  isOwn: boolean;

  /**
   * @param source has every piece before it is fed, and keeps what detectors look back at and have not decided
   * @param offset where in it their text begins
   */
  constructor(
    source?: KeptText,
    private offset = 0,
  ) {
    this.text = source ?? new KeptText();
    this.isOwn = source === undefined;
  }

  get start(): number {
    return Math.max(0, this.text.start - this.offset);
  }

  get end(): number {
    return this.text.end - this.offset;
  }

  copy(): DetectorText {
    return Object.assign(new DetectorText(), this, { text: this.text.copy(), isOwn: true });
  }

  add(piece: string): void {
    if (this.isOwn) this.text.add(piece);
  }

  slice(from: number, to: number): string {
    const { offset } = this;
    return this.text.slice(Math.max(0, from) + offset, to + offset);
  }

  /** What comes behind `end` is added from here on: it is read otherwise than it stands there, or not kept elsewhere. */
  detach(end: number): void {
    if (this.isOwn) return;
    this.text = this.text.copy();
    this.text.dropFrom(end + this.offset);
    this.isOwn = true;
  }

  /** Keeps nothing before a position. */
  dropBefore(position: number): void {
    if (this.isOwn) this.text.dropBefore(position + this.offset);
  }

  /** Keeps nothing before a position, in the place of which `before` stands. */
  restart(position: number, before: string): void {
    const rest = this.slice(position, this.end);
    this.text = new KeptText(position - before.length);
    this.text.add(before + rest);
    this.offset = 0;
    this.isOwn = true;
  }
}
