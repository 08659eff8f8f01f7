import pg, { type PoolClient } from 'pg';

/** A field as the server stores it; null for NULL. */
export type BinaryRow = readonly (Buffer | null)[];

/** The driver reads result rows as text, which doubles a bytea: COPY is its one way to bytes. */
const HEADER_BYTES = 19;
const TRAILER = -1;

interface CopyMessage {
  readonly chunk: Buffer;
}

/** A Query, because a connection that pipelines takes no other class. */
class CopyQuery extends pg.Query {
  readonly copied: BinaryRow[] = [];
  private begun = false;

  handleCopyData({ chunk }: CopyMessage): void {
    // The driver reuses its buffer for what comes next.
    const data = Buffer.from(chunk);
    const row = readRow(data, this.begun ? 0 : HEADER_BYTES);
    this.begun = true;
    if (row) this.copied.push(row);
  }
}

/** Runs `copy (<query>) to stdout (format binary)`; the query has no parameters, so whoever writes it quotes its values. */
export function copyRows(client: PoolClient, query: string): Promise<BinaryRow[]> {
  return new Promise((resolve, reject) => {
    const copy = new CopyQuery(`copy (${query}) to stdout (format binary)`);
    const done = (error: Error | null): void => (error ? reject(error) : resolve(copy.copied));
    Object.assign(copy, { callback: done });
    client.query(copy);
  });
}

/** The server sends one message per row; the first begins with a header, the last is a trailer. */
function readRow(data: Buffer, begin: number): BinaryRow | null {
  let at = begin;
  const fields = data.readInt16BE(at);
  if (fields === TRAILER) return null;
  at += 2;
  const row: (Buffer | null)[] = [];
  for (let i = 0; i < fields; i++) {
    const length = data.readInt32BE(at);
    at += 4;
    row.push(length < 0 ? null : data.subarray(at, at + length));
    if (length > 0) at += length;
  }
  return row;
}
