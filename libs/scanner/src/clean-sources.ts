import type { ScanTable } from './scan-table.js';

/** Texts that are kept, and the longest of them in UTF-16 units: some 2 MB of the sources that are shown most. */
export const CLEAN_TEXTS = 1_500;
export const CLEAN_UNITS = 4_096;

/**
 * Texts of sources in which a table of words found nothing: the next answer that is made of them need not read them
 * again. Of one that was found under another table nothing is known. The least recently shown goes first.
 */
export class CleanSources {
  private readonly kept = new Map<string, WeakRef<ScanTable>>();
  private readonly refs = new WeakMap<ScanTable, WeakRef<ScanTable>>();

  has(table: ScanTable, text: string): boolean {
    const known = this.kept.get(text);
    if (known?.deref() !== table) return false;
    this.kept.delete(text);
    this.kept.set(text, known);
    return true;
  }

  add(table: ScanTable, text: string): void {
    if (text.length > CLEAN_UNITS) return;
    this.kept.delete(text);
    this.kept.set(text, this.refOf(table));
    if (this.kept.size <= CLEAN_TEXTS) return;
    for (const oldest of this.kept.keys()) {
      this.kept.delete(oldest);
      return;
    }
  }

  /** A table of words that were changed since must not be kept alive by what it was asked. */
  private refOf(table: ScanTable): WeakRef<ScanTable> {
    let ref = this.refs.get(table);
    if (!ref) this.refs.set(table, (ref = new WeakRef(table)));
    return ref;
  }
}
