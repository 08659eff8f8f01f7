import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './write-whole.js';

/** Which files were found right, and what they looked like then; beside the weights. */
export const RECORD_FILE = '.verified.json';

const entrySchema = z.strictObject({
  bytes: z.number(),
  modified: z.number(),
  inode: z.number(),
  sha256: z.string(),
});
const recordSchema = z.record(z.string(), entrySchema);
type Entry = z.infer<typeof entrySchema>;

/** Spares reading a file again that has not been touched since it was found right. */
export class VerifiedRecord {
  private constructor(
    private readonly folder: string,
    private readonly entries: Map<string, Entry>,
  ) {}

  /** A record that is missing or cannot be read is empty: files are then read again. */
  static async read(folder: string): Promise<VerifiedRecord> {
    try {
      const text = await readFile(join(folder, RECORD_FILE), 'utf8');
      return new VerifiedRecord(folder, new Map(Object.entries(recordSchema.parse(JSON.parse(text)))));
    } catch {
      return new VerifiedRecord(folder, new Map());
    }
  }

  /** The file's sum where size, time of change and inode are as they were then. */
  async sumOf(path: string): Promise<string | undefined> {
    const entry = this.entries.get(path);
    const now = entry && (await look(join(this.folder, path)));
    const same =
      now?.bytes === entry?.bytes && now?.modified === entry?.modified && now?.inode === entry?.inode;
    return now && same ? entry?.sha256 : undefined;
  }

  /** Written down at once, so that an interrupted check goes on where it was. */
  async add(path: string, sha256: string): Promise<void> {
    const now = await look(join(this.folder, path));
    if (!now) return;
    this.entries.set(path, { ...now, sha256 });
    await this.save();
  }

  async forget(path: string): Promise<void> {
    if (this.entries.delete(path)) await this.save();
  }

  private async save(): Promise<void> {
    const text = JSON.stringify(Object.fromEntries(this.entries), undefined, 1);
    await writeWhole(join(this.folder, RECORD_FILE), `${text}\n`);
  }
}

async function look(path: string): Promise<Omit<Entry, 'sha256'> | undefined> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return { bytes: size, modified: mtimeMs, inode: ino };
  } catch {
    return undefined;
  }
}
