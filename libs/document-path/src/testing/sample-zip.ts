import { zipSync, type Zippable } from 'fflate';

/** A ZIP of files by name. */
export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          typeof content === 'string' ? Buffer.from(content) : content,
        ]),
      ) as Zippable,
      { level },
    ),
  );

const ENTRY = Buffer.from('504b0102', 'hex');
const LOCAL = Buffer.from('504b0304', 'hex');

/** The same ZIP with a change to the directory's record of its n-th entry, and to the record before its content. */
export function tampered(
  zip: Buffer,
  number: number,
  change: (directory: Buffer, local: Buffer) => void,
): Buffer {
  const copy = Buffer.from(zip);
  const nth = (magic: Buffer): number => {
    let at = -1;
    for (let found = 0; found <= number; found++) at = copy.indexOf(magic, at + 1);
    return at;
  };
  change(copy.subarray(nth(ENTRY)), copy.subarray(nth(LOCAL)));
  return copy;
}

/** As if it had a password. */
export const encrypted = (zip: Buffer, number = 0): Buffer =>
  tampered(zip, number, (directory, local) => {
    directory.writeUInt16LE(1, 8);
    local.writeUInt16LE(1, 6);
  });
