import type { DocumentCode } from '../document-path.errors.js';

export const FORMATS = ['markdown', 'text', 'html', 'pdf', 'docx', 'csv'] as const;
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
  pdf: 'pdf',
  docx: 'docx',
  csv: 'csv',
  tsv: 'csv',
};

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  markdown: 'text/markdown',
  text: 'text/plain',
  html: 'text/html',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv',
};

const PDF_HEADER_WITHIN = 1024;
const ZIP = Buffer.from('504b0304', 'hex');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const BINARY: readonly [string, Buffer][] = [
  ['a ZIP or Office file', ZIP],
  ['an old Office file', OLE],
  ['a PDF', Buffer.from('%PDF-')],
  ['a GZIP file', Buffer.from('1f8b', 'hex')],
  ['a PNG image', Buffer.from('89504e47', 'hex')],
  ['a JPEG image', Buffer.from('ffd8ff', 'hex')],
  ['a GIF image', Buffer.from('GIF8')],
  ['a program', Buffer.from('7f454c46', 'hex')],
  ['a program', Buffer.from('4d5a9000', 'hex')],
];

export type Sniffed = { readonly format: Format } | { readonly code: DocumentCode; readonly detail?: string };

/** What a file is by its name, when its first bytes agree. Deeper checks belong to the parser. */
export function sniffFormat(fileName: string, content: Buffer): Sniffed {
  const extension = /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const format = BY_EXTENSION[extension];
  if (!format) return { code: 'DOCUMENT_TYPE_UNSUPPORTED' };
  if (content.length === 0) return { code: 'DOCUMENT_EMPTY' };
  const mismatch = { code: 'DOCUMENT_TYPE_MISMATCH', detail: contradiction(extension, content) } as const;
  if (format === 'pdf')
    return content.subarray(0, PDF_HEADER_WITHIN).includes('%PDF-') ? { format } : mismatch;
  if (format === 'docx') {
    if (isEncryptedOffice(content)) return { code: 'DOCUMENT_ENCRYPTED' };
    return startsWith(content, ZIP) ? { format } : mismatch;
  }
  return looksLikeText(content) ? { format } : mismatch;
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

function looksLikeText(content: Buffer): boolean {
  if (BINARY.some(([, magic]) => startsWith(content, magic))) return false;
  const bom = content.length >= 2 ? content.readUInt16BE(0) : 0;
  if (bom === 0xfffe || bom === 0xfeff) return true;
  return !content.subarray(0, 65_536).includes(0);
}
