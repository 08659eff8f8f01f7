/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { readLanguage } from './text-like.js';

/** Fewer characters are Chinese by accident. */
const HAN_MIN = 4;
/** Of a long run, what is judged and read. */
const BYTES_MAX = 16_384;
const GB = new TextDecoder('gb18030', { fatal: true });
const BIG_END = new TextDecoder('utf-16be', { fatal: true });
const LITTLE_END = new TextDecoder('utf-16le', { fatal: true });

/** Chinese in bytes that are no UTF-8: GB 2312 as GB 18030 writes it, and UTF-16 in either order. */
export function textOfHanBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2 * HAN_MIN || bytes.length > BYTES_MAX) return undefined;
  if (isGb(bytes)) return ofEncoding(bytes, GB);
  if (bytes.length % 2 !== 0) return undefined;
  let [even, odd] = [0, 0];
  for (let i = 0; i < bytes.length; i += 2) {
    if (isHanByte(bytes[i]!)) even++;
    if (isHanByte(bytes[i + 1]!)) odd++;
  }
  return Math.max(even, odd) * 3 > bytes.length
    ? ofEncoding(bytes, even >= odd ? BIG_END : LITTLE_END)
    : undefined;
}

/** The high one of the two bytes of a character. */
function isHanByte(byte: number): boolean {
  return byte >= 0x4e && byte <= 0x9f;
}

/** ASCII, and pairs of which both bytes are high: random ones end this soon. */
function isGb(bytes: Uint8Array): boolean {
  let pairs = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    if (lead < 0xa1 || lead > 0xf7 || (bytes[i + 1] ?? 0) < 0xa1) return false;
    pairs++;
    i++;
  }
  return pairs >= HAN_MIN;
}

/** The text, where every byte has a meaning and characters stand together that often do. */
function ofEncoding(bytes: Uint8Array, decoder: typeof GB): string | undefined {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return undefined;
  }
  const { han, hanPairs } = readLanguage(text.slice(0, 512));
  return han >= HAN_MIN && hanPairs * 4 >= han ? text : undefined;
}
