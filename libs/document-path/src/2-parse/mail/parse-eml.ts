import PostalMime, { type Address, type Attachment } from 'postal-mime';
import { UnreadableDocument } from '../../document-path.errors.js';
import { decodeText } from '../formats/decode-text.js';
import { InnerFiles, type ReadFormat } from '../packed/read-inner.js';
import type { Budget } from '../packed/budget.js';
import { notesOf, unreadSection } from '../packed/parse-zip.js';
import { HiddenTexts } from '../hidden-text.js';
import type { ParsedDocument, ParseRequest } from '../parsed-document.js';
import { addressOf, mailBlocks } from './mail-blocks.js';

const PARTS_DEEP_MAX = 50;
const HEADER_BYTES_MAX = 1024 * 1024;

/** A mail (RFC 5322, MIME): its head, its text, then each attachment as a section under its name. */
export async function parseEml(
  { content, limits }: ParseRequest,
  budget: Budget,
  readFormat: ReadFormat,
): Promise<ParsedDocument> {
  const inside = budget.within(content);
  const mail = await read(content);
  const files = new InnerFiles(limits, inside, readFormat);
  const attached = mail.attachments.filter((attachment) => !isDecoration(attachment));
  inside.takeEntries(attached.length);
  for (const attachment of attached) {
    await files.add({
      path: nameOf(attachment),
      content() {
        const bytes = bytesOf(attachment);
        inside.take(bytes.length);
        return bytes;
      },
    });
  }
  const hidden = new HiddenTexts();
  noteHeaders(mail.headers, hidden);
  const mailed = {
    subject: mail.subject ?? '',
    from: mail.from ? listed(mail.from).join(', ') : '',
    to: (mail.to ?? []).flatMap(listed),
    cc: (mail.cc ?? []).flatMap(listed),
    date: mail.date ?? '',
    html: mail.html ?? '',
    text: mail.text ?? '',
  };
  const blocks = mailBlocks(mailed, hidden);
  return {
    title: mail.subject ?? null,
    pages: null,
    blocks: [...blocks, ...files.blocks, ...unreadSection(files)],
    notes: notesOf(files),
    hidden: [...hidden.all, ...files.hidden],
  };
}

/** What a program shows or sorts by itself; a text for people or models stands in others. */
const TRANSPORT =
  /^(?:from|to|cc|bcc|date|subject|received.*|dkim-.*|arc-.*|authentication-results|return-path|message-id|references|in-reply-to|mime-version|content-.*|x-ms-exchange-.*|x-microsoft-antispam.*|x-forefront-.*|x-google-.*|list-.*)$/i;

function noteHeaders(headers: readonly { key: string; value: string }[], hidden: HiddenTexts): void {
  for (const { key, value } of headers) if (!TRANSPORT.test(key)) hidden.add('header', value);
}

async function read(content: Uint8Array): ReturnType<typeof PostalMime.parse> {
  let mail;
  try {
    mail = await PostalMime.parse(inUtf8(content), {
      forceRfc822Attachments: true,
      maxNestingDepth: PARTS_DEEP_MAX,
      maxHeadersSize: HEADER_BYTES_MAX,
    });
  } catch (cause) {
    const nested = cause instanceof Error && /nesting|depth/i.test(cause.message);
    throw new UnreadableDocument(nested ? 'DOCUMENT_TOO_NESTED' : 'DOCUMENT_DAMAGED');
  }
  if (!mail.from && !mail.subject && !mail.date && !mail.to)
    throw new UnreadableDocument('DOCUMENT_TYPE_MISMATCH', 'Its name ends in .eml, but it is no mail.');
  return mail;
}

/** Old programs send letters beyond ASCII as they are and name no encoding: it is found as in any text. */
function inUtf8(content: Uint8Array): Uint8Array {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const marked = bytes.indexOf('charset', 0, 'latin1') >= 0;
  return marked || !bytes.some((byte) => byte > 0x7f) ? content : Buffer.from(decodeText(bytes));
}

/** Pictures that belong to the text, and signatures of the sender's system. */
const isDecoration = ({ mimeType, related, disposition }: Attachment): boolean =>
  (mimeType.startsWith('image/') && (related === true || disposition === 'inline')) ||
  /^application\/(?:x-)?pkcs7-signature$|^application\/pgp-signature$/.test(mimeType);

function nameOf({ filename, mimeType }: Attachment): string {
  if (mimeType === 'message/rfc822')
    return filename && /\.eml$/i.test(filename) ? filename : `${filename ?? 'message'}.eml`;
  const known: Readonly<Record<string, string>> = {
    'text/plain': '.txt',
    'text/html': '.html',
    'text/csv': '.csv',
  };
  return filename ?? `attachment${known[mimeType] ?? ''}`;
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function listed(address: Address): string[] {
  if (address.group) return address.group.map((one) => addressOf(one.name, one.address));
  return [addressOf(address.name, address.address)];
}
