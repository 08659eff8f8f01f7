import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { Zip, type UnpackLimits, type ZipProblemCode } from './index.js';

interface File {
  name: string | Buffer;
  content: string | Buffer;
  stored?: boolean;
  /** Sizes and place in 64 bits. */
  wide?: boolean;
  /** Instead of what is true. */
  size?: number;
  flags?: number;
  method?: number;
  offset?: number;
  mode?: number;
  extra?: Buffer;
}

const wide = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const extraField = (id: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
};

function localOf(file: File, packed: Buffer): Buffer {
  const name = Buffer.from(file.name as string);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  return Buffer.concat([local, name, packed]);
}

function entryOf(file: File, packed: Buffer, place: number): Buffer {
  const name = Buffer.from(file.name as string);
  const size = file.size ?? Buffer.from(file.content as string).length;
  const offset = file.offset ?? place;
  const long = [wide(size), wide(packed.length), wide(offset)];
  const extra = Buffer.concat([
    file.extra ?? Buffer.alloc(0),
    ...(file.wide ? [extraField(1, Buffer.concat(long))] : []),
  ]);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  if (file.mode !== undefined) entry.writeUInt8(3, 5);
  entry.writeUInt16LE(file.flags ?? 0, 8);
  entry.writeUInt16LE(file.method ?? (file.stored ? 0 : 8), 10);
  entry.writeUInt32LE(crc32(Buffer.from(file.content as string)), 16);
  entry.writeUInt32LE(file.wide ? 0xffffffff : packed.length, 20);
  entry.writeUInt32LE(file.wide ? 0xffffffff : size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(extra.length, 30);
  entry.writeUInt32LE((file.mode ?? 0) * 65_536, 38);
  entry.writeUInt32LE(file.wide ? 0xffffffff : offset, 42);
  return Buffer.concat([entry, name, extra]);
}

/** A ZIP byte by byte; `tail` stands between the directory and its end, `claims` is what the end says. */
function zipOf(files: File[], claims: { count?: number; length?: number; wide?: boolean } = {}): Buffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let place = 0;
  for (const file of files) {
    const content = Buffer.from(file.content as string);
    const packed = file.stored ? content : deflateRawSync(content);
    const local = localOf(file, packed);
    entries.push(entryOf(file, packed, place));
    parts.push(local);
    place += local.length;
  }
  const directory = Buffer.concat(entries);
  const count = claims.count ?? files.length;
  const length = claims.length ?? directory.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(claims.wide ? 0xffff : count, 10);
  end.writeUInt32LE(claims.wide ? 0xffffffff : length, 12);
  end.writeUInt32LE(claims.wide ? 0xffffffff : place, 16);
  if (!claims.wide) return Buffer.concat([...parts, directory, end]);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  Buffer.concat([wide(count), wide(length), wide(place)]).copy(end64, 32);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  wide(place + directory.length).copy(locator, 8);
  return Buffer.concat([...parts, directory, end64, locator, end]);
}

const refused = (code: ZipProblemCode) => expect.objectContaining({ name: 'ZipProblem', code });
async function first(file: File, limits: UnpackLimits = { bytes: 1_000_000 }, most = 5): Promise<string> {
  const zip = Zip.of(zipOf([file]));
  const [entry] = await zip.entries(most);
  if (!entry) throw new Error('no entry');
  return (await zip.read(entry, limits)).toString();
}

describe('Zip', () => {
  it('reads packed, stored and empty files, from memory and from disk', async () => {
    const bytes = zipOf([
      { name: 'a.txt', content: 'packed'.repeat(100) },
      { name: 'b.txt', content: 'stored', stored: true },
      { name: 'c/', content: '', stored: true },
      { name: 'd.txt', content: '' },
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'lorekeep-zip-'));
    writeFileSync(join(folder, 'a.zip'), bytes);
    const onDisk = await Zip.open(join(folder, 'a.zip'));
    for (const zip of [Zip.of(bytes), onDisk]) {
      const entries = await zip.entries(4);
      expect(entries.map(({ name, directory, size }) => [name, directory, size])).toEqual([
        ['a.txt', false, 600],
        ['b.txt', false, 6],
        ['c/', true, 0],
        ['d.txt', false, 0],
      ]);
      const contents = await Promise.all(entries.map((entry) => zip.read(entry, { bytes: 600 })));
      expect(contents.map(String)).toEqual(['packed'.repeat(100), 'stored', '', '']);
    }
    await onDisk.close();
    rmSync(folder, { recursive: true });
  });

  it('reads sizes and places in 64 bits, of entries and of the directory', async () => {
    const zip = Zip.of(zipOf([{ name: 'a.txt', content: 'wide', wide: true }], { wide: true }));
    const [entry] = await zip.entries(1);
    expect(entry).toMatchObject({ name: 'a.txt', size: 4, offset: 0 });
    expect(String(entry && (await zip.read(entry, { bytes: 4 })))).toBe('wide');
    const far = zipOf([{ name: 'a.txt', content: 'x', wide: true, offset: 2 ** 60 }]);
    const [lost] = await Zip.of(far).entries(1);
    await expect(lost && Zip.of(far).read(lost, { bytes: 9 })).rejects.toEqual(refused('torn'));
    const many = Zip.of(zipOf([{ name: 'a', content: 'x' }], { wide: true, count: 2 ** 53 }));
    await expect(many.entries(1_000)).rejects.toEqual(refused('too-many-entries'));
  });

  it('bounds the number of entries and the directory, at the edge', async () => {
    const files = Array.from({ length: 3 }, (_, n) => ({ name: `${n}.txt`, content: 'x' }));
    expect(await Zip.of(zipOf(files)).entries(3)).toHaveLength(3);
    await expect(Zip.of(zipOf(files)).entries(2)).rejects.toEqual(refused('too-many-entries'));
    const claims = (length: number): Promise<unknown> => Zip.of(zipOf(files, { length })).entries(3);
    await expect(claims(256 * 1024 * 1024 + 1)).rejects.toEqual(refused('directory-too-large'));
    await expect(claims(256 * 1024 * 1024)).rejects.toEqual(refused('damaged'));
    await expect(Zip.of(zipOf(files, { count: 4 })).entries(9)).rejects.toEqual(refused('damaged'));
  });

  it('bounds what an entry unpacks to, at the edge, whatever it declares', async () => {
    const file = { name: 'a.txt', content: 'x'.repeat(1_000) };
    expect(await first(file, { bytes: 1_000 })).toHaveLength(1_000);
    await expect(first(file, { bytes: 999 })).rejects.toEqual(refused('too-large'));
    await expect(first({ ...file, size: 10 }, { bytes: 999 })).rejects.toEqual(refused('torn'));
    await expect(first({ ...file, size: 2_000 }, { bytes: 5_000 })).rejects.toEqual(refused('torn'));
    const heavy = { name: 'a.txt', content: 'x'.repeat(65_536), stored: true, size: 0 };
    await expect(first(heavy, { bytes: 0 })).rejects.toEqual(refused('too-large'));
  });

  it('refuses what is packed tighter than any honest file, where that is asked for', async () => {
    const bomb = { name: 'a.txt', content: Buffer.alloc(10 * 1024 * 1024 + 1) };
    const limits = { bytes: 20_000_000 };
    await expect(first(bomb, { ...limits, refuseBombs: true })).rejects.toEqual(refused('bomb'));
    const small = { name: 'a.txt', content: Buffer.alloc(10 * 1024 * 1024) };
    expect(await first(small, { ...limits, refuseBombs: true })).toHaveLength(10 * 1024 * 1024);
    expect(await first(bomb, limits)).toHaveLength(10 * 1024 * 1024 + 1);
  });

  it('tells encrypted files, links and unknown methods', async () => {
    await expect(first({ name: 'a', content: 'x', flags: 1 })).rejects.toEqual(refused('encrypted'));
    await expect(first({ name: 'a', content: 'x', method: 99 })).rejects.toEqual(refused('unknown-method'));
    const [link] = await Zip.of(zipOf([{ name: 'a', content: 'b', mode: 0o120777 }])).entries(1);
    expect(link).toMatchObject({ link: true, encrypted: false });
  });

  it('leaves names as they are declared, in Unicode, in what Chinese Windows writes, or as the reader decodes', async () => {
    const named = async (name: string | Buffer, extra?: Buffer): Promise<string | undefined> =>
      (await Zip.of(zipOf([{ name, content: 'x', ...(extra ? { extra } : {}) }])).entries(1))[0]?.name;
    expect(await named('../../a.txt')).toBe('../../a.txt');
    expect(await named('年假.txt')).toBe('年假.txt');
    const gb = Buffer.from('c4eabcd9', 'hex');
    expect(await named(gb)).toBe('年假');
    const unicode = extraField(0x7075, Buffer.concat([Buffer.alloc(5), Buffer.from('假期')]));
    expect(await named(gb, unicode)).toBe('假期');
    const [decoded] = await Zip.of(zipOf([{ name: gb, content: 'x' }])).entries(1, () => 'as told');
    expect(decoded?.name).toBe('as told');
  });

  it.each([0, 21, 40])('is told to be damaged when cut to %i bytes', async (bytes) => {
    const whole = zipOf([{ name: 'a.txt', content: 'x' }]);
    await expect(Zip.of(whole.subarray(0, bytes)).entries(9)).rejects.toEqual(refused('damaged'));
  });
});
