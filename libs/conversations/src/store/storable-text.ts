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
