import { createHash } from 'node:crypto';

/** A passage that has no vector yet. */
export interface BarePassage {
  readonly id: string;
  readonly documentId: string;
  readonly title: string;
  readonly heading: string;
  readonly content: string;
}

/** What the model reads of a passage: where it stands, and what it says. */
export function textOf({ title, heading, content }: BarePassage, characters: number): string {
  const text = [title, heading, content].filter((part) => part !== '').join('\n');
  return cut(text, characters);
}

/** Never between the halves of a character. */
export function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const last = text.charCodeAt(characters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? characters - 1 : characters);
}

export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);
