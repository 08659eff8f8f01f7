import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { SourceProblem } from '../sources.errors.js';

/** Of an archive that are in memory at once, on its way in and out. */
export const PART_BYTES = 4 * 1024 * 1024;

/** Uploaded ZIPs, in parts: the gateway takes them in, the worker reads them, and neither holds one whole. */
export class ArchiveRepository {
  constructor(private readonly database: Database) {}

  /**
   * Stores an upload; it takes the place of the one before when it is whole. Throws SourceProblem TOO_LARGE beyond
   * `limit`, and whatever the upload throws: nothing of it is kept then.
   */
  async add(
    ctx: CallContext,
    sourceId: string,
    upload: { fileName: string; content: AsyncIterable<Uint8Array> },
    limit: number,
  ): Promise<{ archiveId: string; bytes: number }> {
    const archiveId = crypto.randomUUID();
    await this.database.once(
      ctx,
      'insert into source_archive (id, source_id, tenant_id, file_name) values ($1, $2, app_tenant(), $3)',
      [archiveId, sourceId, upload.fileName],
    );
    try {
      return { archiveId, bytes: await this.fill(ctx, archiveId, sourceId, upload.content, limit) };
    } catch (cause) {
      await this.database
        .once(ctx, 'delete from source_archive where id = $1', [archiveId])
        .catch(() => undefined);
      throw cause;
    }
  }

  /** Writes the newest whole archive to a file of its own in `directory`. Throws SourceProblem ARCHIVE_MISSING. */
  async fetch(ctx: CallContext, sourceId: string, directory: string, signal: AbortSignal): Promise<string> {
    const [archive] = await this.database.once<{ id: string }>(
      ctx,
      `select id from source_archive where source_id = $1 and sha256 is not null order by created_at desc limit 1`,
      [sourceId],
    );
    if (!archive) throw new SourceProblem('SOURCE_ARCHIVE_MISSING');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, `${crypto.randomUUID()}.zip`);
    try {
      await pipeline(Readable.from(this.parts(ctx, archive.id)), createWriteStream(path, { mode: 0o600 }), {
        signal,
      });
      return path;
    } catch (cause) {
      await rm(path, { force: true });
      throw cause;
    }
  }

  private async fill(
    ctx: CallContext,
    archiveId: string,
    sourceId: string,
    content: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<number> {
    const hash = createHash('sha256');
    let bytes = 0;
    let ordinal = 0;
    for await (const part of inParts(content)) {
      bytes += part.length;
      if (bytes > limit) throw new SourceProblem('SOURCE_TOO_LARGE');
      hash.update(part);
      await this.database.once(
        ctx,
        'insert into source_archive_part (archive_id, ordinal, tenant_id, content) values ($1, $2, app_tenant(), $3)',
        [archiveId, ordinal++, part],
      );
    }
    await this.database.transaction(ctx, async (tx) => {
      await tx.query('update source_archive set bytes = $2, sha256 = $3 where id = $1', [
        archiveId,
        bytes,
        hash.digest(),
      ]);
      await tx.query('delete from source_archive where source_id = $1 and id <> $2 and sha256 is not null', [
        sourceId,
        archiveId,
      ]);
    });
    return bytes;
  }

  private async *parts(ctx: CallContext, archiveId: string): AsyncIterable<Buffer> {
    for (let ordinal = 0; ; ordinal++) {
      const [part] = await this.database.once<{ content: Buffer }>(
        ctx,
        'select content from source_archive_part where archive_id = $1 and ordinal = $2',
        [archiveId, ordinal],
      );
      if (!part) return;
      yield part.content;
    }
  }
}

async function* inParts(content: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    waiting.push(piece);
    length += piece.length;
    if (length < PART_BYTES) continue;
    yield Buffer.concat(waiting, length);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
