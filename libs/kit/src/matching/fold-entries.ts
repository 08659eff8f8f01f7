/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { MANY, SKIP, type Fold } from './fold.js';
import type { PackedTexts } from './packed-texts.js';

const BLANK = 0x20;
/** Most arguments passed to String.fromCharCode at once; far below the engine's stack limit. */
const BATCH = 8192;

export interface FoldedEntries {
  readonly packed: PackedTexts;
  /** The folded text of an entry. */
  readonly textOf: (index: number) => string;
}

/**
 * Folds all texts into one array; a run of blanks becomes one where the fold joins them.
 * @throws RangeError for a text that folds to nothing or has a lone surrogate
 */
export function foldEntries(entries: readonly { readonly text: string }[], fold: Fold): FoldedEntries {
  const folder = new Folder(fold, entries);
  const offsets = new Uint32Array(entries.length + 1);
  for (let i = 0; i < entries.length; i++) {
    const { text } = entries[i]!;
    offsets[i + 1] = folder.append(text);
    if (offsets[i + 1] === offsets[i]) throw new RangeError(`entry ${i} has no visible character`);
    if (!text.isWellFormed()) throw new RangeError(`entry ${i} is not well-formed Unicode`);
  }
  const units = folder.units.subarray(0, folder.length);
  const textOf = (index: number): string => {
    const { text } = entries[index]!;
    const [from, to] = [offsets[index]!, offsets[index + 1]!];
    let isSame = text.length === to - from;
    for (let i = 0; isSame && i < text.length; i++) isSame = text.charCodeAt(i) === units[from + i];
    return isSame ? text : stringOf(units.subarray(from, to));
  };
  return { packed: { units, offsets }, textOf };
}

class Folder {
  units: Uint16Array;
  length = 0;

  constructor(
    private readonly fold: Fold,
    entries: readonly { readonly text: string }[],
  ) {
    let total = 0;
    for (const { text } of entries) total += text.length;
    this.units = new Uint16Array(total);
  }

  /** Returns the length of all that was appended. */
  append(text: string): number {
    const begin = this.length;
    const { kinds, singles } = this.fold;
    for (let i = 0; i < text.length; i++) {
      const raw = text.charCodeAt(i);
      const kind = kinds[raw];
      if (kind === SKIP) continue;
      if (kind !== MANY) {
        this.push(singles[raw]!, begin);
        continue;
      }
      const codePoint = text.codePointAt(i)!;
      if (codePoint > 0xffff) i++;
      for (const unit of this.fold.expand(codePoint).units) this.push(unit, begin);
    }
    return this.length;
  }

  private push(unit: number, begin: number): void {
    const isRun = unit === BLANK && this.length > begin && this.units[this.length - 1] === BLANK;
    if (isRun && this.fold.joinsBlanks) return;
    if (this.length === this.units.length) {
      const larger = new Uint16Array(this.length * 2 + 64);
      larger.set(this.units);
      this.units = larger;
    }
    this.units[this.length++] = unit;
  }
}

function stringOf(units: Uint16Array): string {
  let text = '';
  for (let i = 0; i < units.length; i += BATCH) text += String.fromCharCode(...units.subarray(i, i + BATCH));
  return text;
}
