import { CFB } from '@e965/xlsx';

/** A mail of lines, with the line ends that the format has. */
export const emlOf = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));

/** A mail with attachments, each a name, a media type and its content. */
export function emlWith(
  subject: string,
  text: string,
  attachments: readonly (readonly [string, string, Uint8Array])[],
): Buffer {
  const parts = attachments.flatMap(([name, type, content]) => [
    '--x',
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n'),
  ]);
  return emlOf(
    `Subject: ${subject}`,
    'From: Ann <ann@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    ...parts,
    '--x--',
  );
}

const SUBJECT = 0x0037;
const BODY = 0x1000;
const SENDER = 0x0c1a;
const FILE_NAME = 0x3707;
const DATA = 0x3701;
const TEXT = 0x001f;
const BINARY = 0x0102;
const DIRECTORY_BYTES = { message: 32, attachment: 8 };

/** An Outlook message in its container, with the few properties that a spec needs. */
export function msgOf(
  mail: { subject: string; sender: string; body: string },
  attachments: readonly (readonly [string, Uint8Array])[] = [],
): Buffer {
  const file = CFB.utils.cfb_new();
  const add = (path: string, content: Uint8Array): void => {
    CFB.utils.cfb_add(file, path, Buffer.from(content));
  };
  const property = (folder: string, tag: number, type: number, content: Uint8Array): void =>
    add(`${folder}/__substg1.0_${hex(tag)}${hex(type)}`, content);
  const text = (folder: string, tag: number, value: string): void =>
    property(folder, tag, TEXT, Buffer.from(value, 'utf16le'));
  add('/__properties_version1.0', Buffer.alloc(DIRECTORY_BYTES.message));
  text('', SUBJECT, mail.subject);
  text('', SENDER, mail.sender);
  text('', BODY, mail.body);
  attachments.forEach(([name, content], at) => {
    const folder = `/__attach_version1.0_#0000000${at}`;
    add(`${folder}/__properties_version1.0`, Buffer.alloc(DIRECTORY_BYTES.attachment));
    text(folder, FILE_NAME, name);
    property(folder, DATA, BINARY, content);
  });
  return CFB.write(file, { type: 'buffer' }) as Buffer;
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
