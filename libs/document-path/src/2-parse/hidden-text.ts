/** Why a reader of the document does not see a text. */
export type HiddenWhy =
  | 'not-displayed'
  | 'colour'
  | 'tiny'
  | 'outside'
  | 'comment'
  | 'deleted'
  | 'properties'
  | 'alternative'
  | 'sheet'
  | 'slide'
  | 'header';

/** A text that is not indexed because readers do not see it; looked at all the same, since models would. */
export interface HiddenText {
  readonly text: string;
  readonly why: HiddenWhy;
  readonly page: number | null;
  /** A sheet, a file in an archive. */
  readonly section?: string;
}

/** Of one kind in one file: comments of a page are some dozens, hidden sheets are tables whose first part tells. */
export const HIDDEN_PIECES_MAX = 500;
export const HIDDEN_CHARACTERS_MAX = 50_000;
/** In one file with all files packed in it. */
export const HIDDEN_TOTAL_MAX = 500_000;

/** Gathers hidden text up to the limits; what is beyond is dropped, and never reaches index or model either. */
export class HiddenTexts {
  readonly all: HiddenText[] = [];
  private readonly used = new Map<HiddenWhy, { pieces: number; characters: number }>();

  add(
    why: HiddenWhy,
    text: string | null | undefined,
    place: { page?: number | null; section?: string } = {},
  ): void {
    const line = (text ?? '')
      .toWellFormed()
      .replace(/[\0\s]+/g, ' ')
      .trim();
    // A single word orders nothing.
    if (!/[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(line)) return;
    const used = this.used.get(why) ?? { pieces: 0, characters: 0 };
    const room = HIDDEN_CHARACTERS_MAX - used.characters;
    if (used.pieces >= HIDDEN_PIECES_MAX || room <= 0) return;
    const kept = line.slice(0, room).toWellFormed();
    this.used.set(why, { pieces: used.pieces + 1, characters: used.characters + kept.length });
    const { page = null, section } = place;
    this.all.push({ text: kept, why, page, ...(section === undefined ? {} : { section }) });
  }
}

/** Those of several files together, up to the limit of one. */
export function boundedHidden(all: readonly HiddenText[]): HiddenText[] {
  let characters = 0;
  return all.filter(({ text }) => (characters += text.length) <= HIDDEN_TOTAL_MAX);
}
