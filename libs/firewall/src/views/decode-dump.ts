import type { Decoded } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

/** A line of a dump: where it stands, bytes in ones or twos, and perhaps what they show. */
const LINE =
  /(?:^|\n)[ \t]{0,4}(?:0x)?[0-9a-f]{4,16}:?[ \t]{1,4}((?:[0-9a-f]{2}(?:[0-9a-f]{2})?[ \t]{1,3}){3,17}|(?:[0-9a-f]{2}(?:[0-9a-f]{2})?[ \t]{1,3}){0,17}[0-9a-f]{2,4})(?=[ \t]|\r?\n|$)[^\n]{0,80}/giy;

/** Dumps begin at the beginning. */
const FIRST = /(?:^|\n)[ \t]{0,4}(?:0x)?0{4,16}:?[ \t]/i;

/** Dumps as `xxd` and `hexdump -C` print them: the bytes without what stands beside them. */
export function decodeDump({ text }: Visible): Decoded[] {
  const start = text.includes('0000') ? text.search(FIRST) : -1;
  if (start < 0) return [];
  let digits = '';
  let end = start;
  LINE.lastIndex = start;
  for (let line = LINE.exec(text); line; line = LINE.exec(text)) {
    digits += (line[1] ?? '').replace(/\s/g, '');
    end = LINE.lastIndex;
  }
  const read = digits.length % 2 === 0 ? textOfBytes(Buffer.from(digits, 'hex')) : undefined;
  return read === undefined ? [] : [{ start, end, text: read, kind: 'hex' }];
}
