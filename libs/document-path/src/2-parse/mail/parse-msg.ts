import MsgReaderModule, { type FieldsData } from '@kenjiuno/msgreader';
import { UnreadableDocument } from '../../document-path.errors.js';
import { decodeText } from '../formats/decode-text.js';
import type { Budget } from '../packed/budget.js';
import { notesOf, unreadSection } from '../packed/parse-zip.js';
import { InnerFiles, type ReadFormat } from '../packed/read-inner.js';
import { HiddenTexts } from '../hidden-text.js';
import type { ParsedDocument, ParseRequest } from '../parsed-document.js';
import { addressOf, mailBlocks } from './mail-blocks.js';

// The package is CommonJS, whose default export Node hands over inside its own.
const MsgReader = MsgReaderModule.default;

/** A mail that Outlook saved (MS-OXMSG): its head, its text, then each attachment as a section under its name. */
export async function parseMsg(
  { content, limits }: ParseRequest,
  budget: Budget,
  readFormat: ReadFormat,
): Promise<ParsedDocument> {
  const inside = budget.within(content);
  const { reader, mail } = open(content);
  const attached = (mail.attachments ?? []).filter(({ attachmentHidden }) => !attachmentHidden);
  inside.takeEntries(attached.length);
  const files = new InnerFiles(limits, inside, readFormat);
  for (const attachment of attached) {
    const name = attachment.fileName ?? attachment.fileNameShort ?? attachment.name ?? 'attachment';
    const path = attachment.innerMsgContent && !/\.msg$/i.test(name) ? `${name}.msg` : name;
    await files.add({
      path,
      content() {
        const bytes = contentOf(reader, attachment);
        inside.take(bytes.length);
        return bytes;
      },
    });
  }
  const to = (kind: string): string[] =>
    (mail.recipients ?? [])
      .filter(({ recipType }) => (recipType ?? 'to') === kind)
      .map((one) => addressOf(one.name, one.smtpAddress ?? one.email));
  const hidden = new HiddenTexts();
  const mailed = {
    subject: mail.subject ?? '',
    from: addressOf(mail.senderName, mail.senderSmtpAddress ?? mail.senderEmail),
    to: to('to'),
    cc: to('cc'),
    date: isoOf(mail.clientSubmitTime ?? mail.messageDeliveryTime ?? mail.creationTime ?? ''),
    html: mail.bodyHtml ?? (mail.html ? decodeText(mail.html) : ''),
    text: mail.body ?? '',
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

function open(content: Uint8Array): { reader: InstanceType<typeof MsgReader>; mail: FieldsData } {
  try {
    const reader = new MsgReader(Uint8Array.from(content).buffer);
    const mail = reader.getFileData();
    if (!mail.error && (mail.subject !== undefined || mail.body !== undefined || mail.html))
      return { reader, mail };
  } catch (cause) {
    if (cause instanceof RangeError && /call stack/i.test(cause.message)) throw cause;
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
  throw new UnreadableDocument('DOCUMENT_TYPE_MISMATCH', 'Its name ends in .msg, but it is no mail.');
}

function contentOf(reader: InstanceType<typeof MsgReader>, attachment: FieldsData): Uint8Array {
  try {
    return reader.getAttachment(attachment).content;
  } catch {
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
}

function isoOf(date: string): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : new Date(time).toISOString();
}
