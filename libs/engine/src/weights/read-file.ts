import { open } from 'node:fs/promises';

/** Read at once; larger pieces are no faster. */
const PIECE_BYTES = 4 << 20;

/** Reads a file from its beginning, piece by piece; ends at `limit` bytes. The piece is overwritten by the next one. */
export async function readPieces(
  path: string,
  signal: AbortSignal,
  onPiece: (piece: Uint8Array, end: number) => void | Promise<void>,
  from = 0,
): Promise<number> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    let at = from;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, at);
      if (bytesRead === 0) return at;
      at += bytesRead;
      await onPiece(buffer.subarray(0, bytesRead), at);
    }
  } finally {
    await file.close();
  }
}
