import { cleanLine } from './formats/clean-text.js';

/** Sentences of one document, the last of which counts the others: what the table allows and a person still reads. */
export const NOTES_MAX = 50;
/** A path of an archive, a dozen page numbers and the sentence fit. */
export const NOTE_CHARACTERS_MAX = 500;
/** In the audit, all of them together. */
export const NOTES_TOLD_MAX = 1_000;

/** What is kept of the notes of a parser, which may have read a hostile file: bounded, on one line each, none twice. */
export function keptNotes(notes: readonly string[] = []): string[] {
  const clean = notes.map((note) => shortened(cleanLine(note), NOTE_CHARACTERS_MAX));
  const distinct = [...new Set(clean)].filter((note) => note !== '');
  if (distinct.length <= NOTES_MAX) return distinct;
  const named = distinct.slice(0, NOTES_MAX - 1);
  return [...named, `${distinct.length - named.length} more remarks.`];
}

/** The notes as the audit has them. */
export const toldNotes = (notes: readonly string[]): string => shortened(notes.join(' '), NOTES_TOLD_MAX);

/** Cut between characters, with a sign that it was. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
