import type { DocumentCode } from '../document-path.errors.js';

export const FORMATS = [
  'markdown',
  'text',
  'html',
  'xml',
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'csv',
  'eml',
  'msg',
  'zip',
  'gzip',
] as const;
export type Format = (typeof FORMATS)[number];

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
  text: 'text',
  log: 'text',
  htm: 'html',
  html: 'html',
  xhtml: 'html',
  xml: 'xml',
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  csv: 'csv',
  tsv: 'csv',
  eml: 'eml',
  msg: 'msg',
  zip: 'zip',
  gz: 'gzip',
};

const OFFICE = 'application/vnd.openxmlformats-officedocument';
export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  markdown: 'text/markdown',
  text: 'text/plain',
  html: 'text/html',
  xml: 'application/xml',
  pdf: 'application/pdf',
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  pptx: `${OFFICE}.presentationml.presentation`,
  csv: 'text/csv',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  zip: 'application/zip',
  gzip: 'application/gzip',
};

const PDF_HEADER_WITHIN = 1024;
const ZIP = Buffer.from('504b0304', 'hex');
/** A ZIP without entries has only its end. */
const ZIP_EMPTY = Buffer.from('504b0506', 'hex');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const GZIP = Buffer.from('1f8b', 'hex');
const BINARY: readonly [string, Buffer][] = [
  ['a ZIP or Office file', ZIP],
  ['an empty ZIP file', ZIP_EMPTY],
  ['an old Office file', OLE],
  ['a PDF', Buffer.from('%PDF-')],
  ['a GZIP file', GZIP],
  ['a PNG image', Buffer.from('89504e47', 'hex')],
  ['a JPEG image', Buffer.from('ffd8ff', 'hex')],
  ['a GIF image', Buffer.from('GIF8')],
  ['a program', Buffer.from('7f454c46', 'hex')],
  ['a program', Buffer.from('4d5a9000', 'hex')],
];

export type Sniffed = { readonly format: Format } | { readonly code: DocumentCode; readonly detail?: string };

/** What a file is by its name, when its first bytes agree. Deeper checks belong to the parser. */
export function sniffFormat(fileName: string, content: Uint8Array): Sniffed {
  const extension = /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
  if (!format) return { code: 'DOCUMENT_TYPE_UNSUPPORTED' };
  if (content.length === 0) return { code: 'DOCUMENT_EMPTY' };
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (isOffice(format) && isEncryptedOffice(bytes)) return { code: 'DOCUMENT_ENCRYPTED' };
  if (begins(format, bytes)) return { format };
  return { code: 'DOCUMENT_TYPE_MISMATCH', detail: contradiction(extension, bytes) };
}

const isOffice = (format: Format): boolean => format === 'docx' || format === 'xlsx' || format === 'pptx';

function begins(format: Format, content: Buffer): boolean {
  switch (format) {
    case 'pdf':
      return content.subarray(0, PDF_HEADER_WITHIN).includes('%PDF-');
    case 'docx':
    case 'xlsx':
    case 'pptx':
      return startsWith(content, ZIP);
    case 'zip':
      return startsWith(content, ZIP) || startsWith(content, ZIP_EMPTY);
    case 'gzip':
      return startsWith(content, GZIP);
    case 'msg':
      return startsWith(content, OLE);
    default:
      return looksLikeText(content);
  }
}

const startsWith = (content: Buffer, magic: Buffer): boolean =>
  content.subarray(0, magic.length).equals(magic);

function contradiction(extension: string, content: Buffer): string {
  const found = BINARY.find(([, magic]) => startsWith(content, magic))?.[0];
  return `Its name ends in .${extension}, but it is ${found ?? 'something else'}.`;
}

/** Office packs a file with a password into an old-style container with a stream of this name. */
function isEncryptedOffice(content: Buffer): boolean {
  if (!startsWith(content, OLE)) return false;
  return content.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

const TEXT_CHECKED_BYTES = 65_536;
/** No NUL in its beginning, unless it is UTF-16 with a mark, or without and with NULs on one side of its pairs only. */
export function looksLikeText(content: Buffer): boolean {
  if (BINARY.some(([, magic]) => startsWith(content, magic))) return false;
  const bom = content.length >= 2 ? content.readUInt16BE(0) : 0;
  if (bom === 0xfffe || bom === 0xfeff) return true;
  const head = content.subarray(0, TEXT_CHECKED_BYTES);
  return !head.includes(0) || utf16Order(head) !== null;
}

/** Blanks, digits, letters of ASCII; one of them in this many characters is enough to tell the order of the bytes. */
const ASCII_ONE_IN = 200;
/** What is not text: control characters, private use, unassigned. */
const NO_TEXT = /[^\P{Cc}\t\n\r]|[\p{Co}\p{Cn}\p{Cs}]/u;

/** Which UTF-16 a text without a mark is, judged by where the NULs beside its ASCII letters are; null: none. */
export function utf16Order(head: Uint8Array): 'le' | 'be' | null {
  const bytes = head.subarray(0, head.length >= TEXT_CHECKED_BYTES ? TEXT_CHECKED_BYTES : head.length);
  if (bytes.length < 4 || bytes.length % 2 === 1) return null;
  let little = 0;
  let big = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if (second === 0 && isAscii(first)) little++;
    if (first === 0 && isAscii(second)) big++;
  }
  const most = Math.max(little, big);
  if (most < 2 * Math.min(little, big) + 1 || most * ASCII_ONE_IN < bytes.length / 2) return null;
  const order = little > big ? 'le' : 'be';
  return NO_TEXT.test(withoutCut(new TextDecoder(`utf-16${order}`).decode(bytes))) ? null : order;
}

const isAscii = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);

/** The end of what was looked at may part a pair. */
const withoutCut = (text: string): string => text.replace(/[\ud800-\udfff\ufffd]$/, '');
