import { utf16Of } from './guess-utf16.js';

/** A line of a file; `text` is null where its bytes are no text in any encoding that is read. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  readonly text: string | null;
  /** It is in another encoding than most of the file. */
  readonly isForeign: boolean;
  /** Byte of the file at which the next line begins. */
  readonly end: number;
}

export type ListEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Old ones end with the second alone. */
const LINE_END = /\r\n?|\n/g;
const ASCII_END = 0x80;
/** From so many characters beyond ASCII on, a line that is valid UTF-8 may be UTF-8: fewer may be GB18030 by accident. */
const CERTAIN_UTF8 = 3;
/** From here on a character has three bytes in UTF-8, which two characters of GB18030 seldom look like. */
const THREE_BYTES = '\u0800';

/** The encoding of a file: a mark decides, then where NULs are, then whether more lines are UTF-8 or only GB18030. */
export function encodingOf(content: Buffer): ListEncoding {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  if (content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf) return 'utf-8';
  return utf16Of(content) ?? (isMostlyUtf8(content) ? 'utf-8' : 'gb18030');
}

/** The lines of a file, without their ends (`\n`, `\r\n`, `\r`), each read in the encoding that it is in. */
export function* decodeLines(content: Buffer, encoding: ListEncoding): Generator<FileLine> {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    yield* linesOfText(content, encoding);
    return;
  }
  const read = encoding === 'utf-8' ? readUtf8First : readGb18030First;
  let number = 0;
  for (const [from, to, end] of lineSpans(content)) {
    const bytes = content.subarray(from, to);
    const text = isAscii(bytes) ? { text: bytes.toString('latin1'), isForeign: false } : read(bytes);
    yield { number: ++number, end, ...text };
  }
}

function isMostlyUtf8(content: Buffer): boolean {
  let [utf8, other] = [0, 0];
  for (const [from, to] of lineSpans(content)) {
    const bytes = content.subarray(from, to);
    if (isAscii(bytes)) continue;
    if (attempt(UTF8, bytes) !== null) utf8++;
    else if (attempt(GB18030, bytes) !== null) other++;
  }
  return utf8 >= other;
}

function readUtf8First(bytes: Buffer): { text: string | null; isForeign: boolean } {
  const text = attempt(UTF8, bytes);
  if (text !== null) return { text, isForeign: false };
  const other = attempt(GB18030, bytes);
  return { text: other, isForeign: other !== null };
}

function readGb18030First(bytes: Buffer): { text: string | null; isForeign: boolean } {
  const text = attempt(GB18030, bytes);
  const utf8 = attempt(UTF8, bytes);
  // 露为水 in GB18030 is `¶Ϊˮ` in UTF-8: common characters of the file's own encoding come first.
  const isUtf8 = utf8 !== null && (text === null || (!isCommonGb(bytes) && isCertainUtf8(utf8)));
  return isUtf8 ? { text: utf8, isForeign: true } : { text, isForeign: false };
}

function isCertainUtf8(text: string): boolean {
  const beyond = [...text].filter((unit) => unit >= '\u0080');
  return beyond.length >= CERTAIN_UTF8 || beyond.every((unit) => unit >= THREE_BYTES);
}

/** Whether what is beyond ASCII are characters of GB 2312 alone: two bytes from 0xb0 to 0xf7 and from 0xa1 on. */
function isCommonGb(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]];
    if (lead < ASCII_END) continue;
    if (lead < 0xb0 || lead > 0xf7 || trail < 0xa1) return false;
    at++;
  }
  return true;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const GB18030 = new TextDecoder('gb18030', { fatal: true });

function attempt(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function isAscii(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte >= ASCII_END) return false;
  return true;
}

/** From, to (without the end of the line) and where the next begins; line ends are never part of a character. */
function* lineSpans(content: Buffer): Generator<[number, number, number]> {
  const find = (byte: number, from: number) => {
    const at = content.indexOf(byte, from);
    return at < 0 ? content.length : at;
  };
  let [feed, back] = [find(LINE_FEED, 0), find(CARRIAGE_RETURN, 0)];
  for (let from = 0; from < content.length;) {
    const to = Math.min(feed, back);
    const end = back + 1 === feed ? feed + 1 : Math.min(to + 1, content.length);
    yield [from, to, end];
    from = end;
    if (feed < from) feed = find(LINE_FEED, from);
    if (back < from) back = find(CARRIAGE_RETURN, from);
  }
}

function* linesOfText(content: Buffer, encoding: string): Generator<FileLine> {
  const text = new TextDecoder(encoding).decode(content);
  let number = 0;
  const ends = new RegExp(LINE_END);
  for (let from = 0; from < text.length;) {
    const found = ends.exec(text);
    const end = found ? ends.lastIndex : text.length;
    const line = text.slice(from, found?.index ?? end);
    // What was no UTF-16 became U+FFFD, which nobody forbids.
    const isText = !line.includes('\ufffd') && line.isWellFormed();
    const bytes = Math.min(content.length, end * 2);
    yield { number: ++number, text: isText ? line : null, isForeign: false, end: bytes };
    from = end;
  }
}
