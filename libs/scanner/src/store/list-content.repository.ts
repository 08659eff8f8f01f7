import { createHash } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

/** Bytes of a file that are in memory at once on its way in. */
export const PART_BYTES = 1024 * 1024;
/** Words of a stored row. */
export const CHUNK_WORDS = 10_000;

/** The file was larger than may be imported. */
export class ListTooLarge extends Error {}

/** The files of lists, until they are read, and their words in chunks. */
export class ListContentRepository {
  constructor(private readonly db: Database) {}

  /** Stores an upload as it comes. @throws ListTooLarge, and whatever the upload throws */
  async takeFile(
    ctx: CallContext,
    id: string,
    content: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<{ bytes: number; sha256: Buffer }> {
    const hash = createHash('sha256');
    let [bytes, ordinal] = [0, 0];
    for await (const part of inParts(content)) {
      bytes += part.length;
      if (bytes > limit) throw new ListTooLarge();
      hash.update(part);
      await this.db.once(
        ctx,
        'insert into word_list_part (list_id, ordinal, tenant_id, content) values ($1, $2, $3, $4)',
        [id, ordinal++, ctx.tenantId, part],
      );
    }
    return { bytes, sha256: hash.digest() };
  }

  /** The whole file; undefined when there is none. */
  async file(ctx: CallContext, id: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (;;) {
      const [part] = await this.db.once<{ content: Buffer }>(
        ctx,
        'select content from word_list_part where list_id = $1 and ordinal = $2',
        [id, parts.length],
      );
      if (!part) return Buffer.concat(parts);
      parts.push(part.content);
    }
  }

  /** Replaces the words of a list that is being checked. */
  async storeWords(ctx: CallContext, id: string, words: Iterable<string>): Promise<void> {
    await this.db.once(ctx, 'delete from word_list_chunk where list_id = $1', [id]);
    let chunk: string[] = [];
    let ordinal = 0;
    const store = async () => {
      await this.db.once(
        ctx,
        // A list that was cancelled meanwhile gets no more words.
        `insert into word_list_chunk (list_id, ordinal, tenant_id, words)
         select $1, $2, $3, $4 where exists (select from word_list where id = $1 and state = 'checking')`,
        [id, ordinal++, ctx.tenantId, chunk],
      );
      chunk = [];
    };
    for (const word of words) if (chunk.push(word) === CHUNK_WORDS) await store();
    if (chunk.length > 0) await store();
  }

  /** All words of a list, in their order. */
  async words(ctx: CallContext, id: string): Promise<string[]> {
    const words: string[] = [];
    for await (const chunk of this.chunks(ctx, id)) for (const word of chunk) words.push(word);
    return words;
  }

  async *chunks(ctx: CallContext, id: string): AsyncGenerator<string[]> {
    for (let ordinal = 0; ; ordinal++) {
      const [row] = await this.db.once<{ words: string[] }>(
        ctx,
        'select words from word_list_chunk where list_id = $1 and ordinal = $2',
        [id, ordinal],
      );
      if (!row) return;
      yield row.words;
    }
  }

  /** The tenant's other words that are in force: its own and those of its active lists. */
  async *wordsInForce(ctx: CallContext): AsyncGenerator<string[]> {
    const own = await this.db.once<{ text: string }>(
      ctx,
      'select text from forbidden_word where tenant_id = $1 and not allow',
      [ctx.tenantId],
    );
    yield own.map(({ text }) => text);
    const lists = await this.db.once<{ id: string }>(
      ctx,
      `select id from word_list where tenant_id = $1 and state = 'active' order by created_at`,
      [ctx.tenantId],
    );
    for (const { id } of lists) yield* this.chunks(ctx, id);
  }
}

async function* inParts(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    held.push(piece);
    size += piece.length;
    if (size < PART_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}
