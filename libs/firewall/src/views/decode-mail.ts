import type { Decoded } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

/** A line says how many bytes it holds; each three are four signs. */
const LINE_BYTES_MAX = 45;
const LEAST = 4;

/** Lines as uuencode writes them, with or without what frames them. */
export function decodeLines({ text }: Visible): Decoded[] {
  const found: Decoded[] = [];
  let bytes: number[] = [];
  let start = -1;
  let end = 0;
  const flush = (): void => {
    const read = start >= 0 ? textOfBytes(Uint8Array.from(bytes)) : undefined;
    if (read !== undefined) found.push({ start, end, text: read, kind: 'uuencode' });
    [bytes, start] = [[], -1];
  };
  for (let at = 0; at <= text.length;) {
    const next = text.indexOf('\n', at);
    const last = next < 0 ? text.length : next;
    const line = last - at <= 2 * LINE_BYTES_MAX ? lineOf(text.slice(at, last)) : undefined;
    if (line) {
      if (start < 0) start = at;
      bytes.push(...line);
      end = last;
    } else flush();
    at = last + 1;
  }
  flush();
  return found;
}

function lineOf(line: string): number[] | undefined {
  const count = (line.charCodeAt(0) - 32) & 63;
  const signs = line.slice(1);
  const wanted = Math.ceil(count / 3) * 4;
  if (count < LEAST || count > LINE_BYTES_MAX || signs.length < wanted - 1 || signs.length > wanted + 1)
    return undefined;
  if (!/^[ -`]+$/.test(signs)) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < wanted; i += 4) {
    let held = 0;
    for (let k = 0; k < 4; k++) held = (held << 6) | ((signs.charCodeAt(i + k) - 32) & 63);
    bytes.push((held >> 16) & 255, (held >> 8) & 255, held & 255);
  }
  return bytes.slice(0, count);
}
