const BOUNDARY = 'lorekeep-boundary';
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

export type Part = { name: string; value: string } | { name: string; file: string; content: string | Buffer };

/** A form as bytes, with the parts in this order; without `end` it is cut off before its last line. */
export function formOf(parts: Part[], { end = true } = {}): Buffer {
  const pieces: Buffer[] = [];
  for (const part of parts) {
    const file = 'file' in part ? `; filename="${part.file}"\r\ncontent-type: application/octet-stream` : '';
    pieces.push(
      Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="${part.name}"${file}\r\n\r\n`),
    );
    pieces.push(Buffer.from('file' in part ? part.content : part.value), Buffer.from('\r\n'));
  }
  if (end) pieces.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return Buffer.concat(pieces);
}

/** A PDF of one empty page that claims a password which nobody has. */
export function encryptedPdf(): Buffer {
  const hash = `<${'ab'.repeat(32)}>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>',
    `<< /Filter /Standard /V 1 /R 2 /O ${hash} /U ${hash} /P -44 >>`,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const id = '<0123456789abcdef0123456789abcdef>';
  file += `xref\n0 5\n0000000000 65535 f \n${lines.join('')}`;
  file += `trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [${id} ${id}] >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
