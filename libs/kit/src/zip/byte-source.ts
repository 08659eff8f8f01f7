import { open } from 'node:fs/promises';

/** Bytes that are read in parts. `part` throws RangeError beyond the end. */
export interface ByteSource {
  readonly size: number;
  part(start: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Parts are views, not copies. */
export const sourceOf = (content: Buffer): ByteSource => ({
  size: content.length,
  part(start, length) {
    checkRange(start, length, content.length);
    return Promise.resolve(content.subarray(start, start + length));
  },
  close: () => Promise.resolve(),
});

export async function sourceOfFile(path: string): Promise<ByteSource> {
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    size,
    async part(start, length) {
      checkRange(start, length, size);
      const buffer = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, start + filled);
        if (bytesRead === 0) throw new RangeError('cut off');
        filled += bytesRead;
      }
      return buffer;
    },
    close: () => handle.close(),
  };
}

function checkRange(start: number, length: number, size: number): void {
  if (start < 0 || length < 0 || start + length > size) throw new RangeError('beyond the end');
}
