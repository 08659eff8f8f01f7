import type { GroundednessMark } from '@lorekeep/contracts';
import { marksWithout } from '../text/index.js';

/**
 * Text as Postgres can hold it: without NUL, with a replacement character for a lone surrogate. Questions were
 * validated; answers come from models, and an answer with a broken character must not be lost.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Cs}/gu, '\ufffd');
}

/** JSON for a jsonb column, its strings made storable; null stays null. */
export function storableJson(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storableText(part) : part));
}

/** An answer has fewer sentences that are judged; a row must not grow without end. */
export const MARKS_MAX = 1_000;

/** Marks of a text's sentences, at their places in what is stored of it. */
export function storableMarks(content: string, marks: readonly GroundednessMark[]): string {
  return JSON.stringify(marksWithout(content, marks, '\u0000').slice(0, MARKS_MAX));
}
