import { utf16Order } from '../../1-accept/sniff-format.js';
import { meantLetters } from './clean-text.js';
import { guessEncoding } from './guess-encoding.js';

/** Enough of a text to tell its encoding; the rest is like it. */
const GUESSED_FROM_BYTES = 65_536;

/**
 * Text of unknown encoding: a byte order mark decides; else UTF-8 where it is valid, UTF-16 by its NULs, then the legacy
 * encoding as which it reads most like a text (see guessEncoding).
 */
export function decodeText(content: Uint8Array): string {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return decode('utf-16le', content);
  if (first === 0xfe && second === 0xff) return decode('utf-16be', content);
  const head = content.subarray(0, GUESSED_FROM_BYTES);
  if (head.includes(0)) {
    const order = utf16Order(head);
    if (order) return decode(`utf-16${order}`, content);
  }
  const utf8 = attempt('utf-8', content);
  if (utf8 !== null) return utf8;
  return decode(guessEncoding(head) ?? 'windows-1252', content);
}

/** Text whose encoding is named: by name, unless it is valid UTF-8 or has a mark; unknown names are as none. */
export function decodeNamed(content: Uint8Array, named: string | undefined): string {
  if (!named || /^(?:utf-?8|us-ascii|utf-?16.*)$/i.test(named)) return decodeText(content);
  const marked = content[0] === 0xff || content[0] === 0xfe;
  const utf8 = marked ? decodeText(content) : attempt('utf-8', content);
  if (utf8 !== null) return utf8;
  try {
    return decode(named.toLowerCase(), content);
  } catch {
    return decodeText(content);
  }
}

function decode(encoding: string, content: Uint8Array): string {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(content);
  return decoder.encoding === 'windows-1252' ? meantLetters(text) : text;
}

function attempt(encoding: string, content: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return null;
  }
}
