import { createHash } from 'node:crypto';

/** UTF-16 units of a text that a record keeps: far more than people write, and never more than a record holds. */
export const KEPT_UNITS = 60_000;
/** Entries of a list that a record keeps. */
export const KEPT_ENTRIES = 200;

/** The text, or its beginning with the length and the SHA-256 of the whole, so that the record always fits. */
export function keptText(text: string): string {
  if (text.length <= KEPT_UNITS) return text;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return `${text.slice(0, KEPT_UNITS).toWellFormed()} … [${text.length} characters, SHA-256 ${sha256}]`;
}

/** The first entries; how many there were is told beside them. */
export function keptEntries<T>(entries: readonly T[]): T[] {
  return entries.slice(0, KEPT_ENTRIES);
}
