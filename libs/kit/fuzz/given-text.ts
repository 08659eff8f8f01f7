import { type Unit, unitsOf } from './small-world.js';

/** One unit at a place, as it stands or as the escape that begins there. */
export interface Reading extends Unit {
  readonly next: number;
  readonly isEscape: boolean;
  /** An escape that ends with a letter or digit, which itself would be part of a word. */
  readonly endsInLetter: boolean;
}

/** What does not depend on the entry that is looked for. */
export class GivenText {
  readonly units: readonly Unit[];
  /** Each unit as it stands. */
  readonly plain: readonly (readonly Reading[])[];

  constructor(readonly text: string) {
    this.units = unitsOf(text);
    this.plain = this.units.map((unit, at) => [
      { ...unit, next: at + 1, isEscape: false, endsInLetter: false },
    ]);
  }
}
