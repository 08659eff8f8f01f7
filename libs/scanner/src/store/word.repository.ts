import type { ScanAction } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { likePattern } from '@lorekeep/kit/sql';
import { WORD_COUNT_LIMIT, type WordEntry } from '../word-entry.js';
import { lockVersion, raiseVersion } from './raise-version.js';

/** A word as administrators see it. */
export interface StoredWord {
  readonly id: string;
  readonly text: string;
  readonly category: string;
  readonly action: ScanAction;
  /** Null: the rule of the script. */
  readonly wholeWord: boolean | null;
  /** An exception: what lies within a match of it is not found. */
  readonly allow: boolean;
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

export type NewWord = Pick<StoredWord, 'text' | 'category' | 'action' | 'wholeWord'> &
  Partial<Pick<StoredWord, 'allow'>>;
export type WordChange = Partial<Omit<NewWord, 'text'>>;

export interface WordSearch {
  /** Part of the text or of the category. */
  readonly search?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const COLUMNS = `id, text, category, action, whole_word as "wholeWord", allow, created_by as "createdBy", created_at as "createdAt"`;

/** The words of a tenant in Postgres; row security keeps tenants apart. */
export class DatabaseWords {
  constructor(private readonly db: Database) {}

  async versionOf(ctx: CallContext): Promise<number> {
    const [row] = await this.db.once<{ version: string }>(
      ctx,
      'select version from word_version where tenant_id = $1',
      [ctx.tenantId],
    );
    return Number(row?.version ?? 0);
  }

  /** One statement, hence one moment: the version belongs to exactly these words. */
  async wordsOf(ctx: CallContext): Promise<{ version: number; words: WordEntry[] }> {
    const rows = await this.db.once<{ version: string } & Nullable<Required<NewWord> & { id: string }>>(
      ctx,
      `select coalesce(v.version, 0) as version, w.id, w.text, w.category, w.action, w.whole_word as "wholeWord", w.allow
         from (select $1::uuid as tenant_id) t
         left join word_version v on v.tenant_id = t.tenant_id
         left join forbidden_word w on w.tenant_id = t.tenant_id
        order by w.created_at, w.text`,
      [ctx.tenantId],
    );
    const words: WordEntry[] = [];
    for (const { id, text, category, action, wholeWord, allow } of rows) {
      if (id === null || text === null || category === null || action === null) continue;
      words.push({ id, text, category, action, wholeWord: wholeWord ?? undefined, allow: allow ?? false });
    }
    return { version: Number(rows[0]?.version), words };
  }

  /** A page of words, newest first, and how many there are in all. */
  async list(ctx: CallContext, page: WordSearch): Promise<{ rows: StoredWord[]; total: number }> {
    const pattern = likePattern(page.search ?? '');
    const matching = `from forbidden_word where tenant_id = $1 and (text ilike $2 or category ilike $2)`;
    return this.db.transaction(ctx, async (tx) => {
      const [count] = await tx.query<{ total: number }>(`select count(*)::int as total ${matching}`, [
        ctx.tenantId,
        pattern,
      ]);
      const rows = await tx.query<StoredWord>(
        `select ${COLUMNS} ${matching} order by created_at desc, text, id limit $3 offset $4`,
        [ctx.tenantId, pattern, page.limit, page.offset],
      );
      return { rows, total: count?.total ?? 0 };
    });
  }

  /**
   * Adds all of the words or, when `accept` refuses, none. `accept` is told which texts exist already and
   * how many words more the tenant may have, and returns the words to add.
   */
  async add(
    ctx: CallContext,
    texts: readonly string[],
    accept: (existing: ReadonlySet<string>, room: number) => readonly NewWord[],
  ): Promise<number> {
    return this.db.transaction(ctx, async (tx) => {
      await lockVersion(tx, ctx);
      const existing = await tx.query<{ text: string }>(
        'select text from forbidden_word where tenant_id = $1 and text = any($2)',
        [ctx.tenantId, texts],
      );
      const [count] = await tx.query<{ total: number }>(
        'select count(*)::int as total from forbidden_word where tenant_id = $1',
        [ctx.tenantId],
      );
      const words = accept(new Set(existing.map(({ text }) => text)), WORD_COUNT_LIMIT - (count?.total ?? 0));
      if (words.length === 0) return 0;
      await insert(tx, ctx, words);
      await raiseVersion(tx, ctx, 'words');
      return words.length;
    });
  }

  /** The changed word; undefined when the tenant has none of that id. `allow` throws where it may not be changed. */
  async change(
    ctx: CallContext,
    id: string,
    change: WordChange,
    allow: (before: StoredWord) => void,
  ): Promise<StoredWord | undefined> {
    return this.db.transaction(ctx, async (tx) => {
      const [before] = await tx.query<StoredWord>(
        `select ${COLUMNS} from forbidden_word where tenant_id = $1 and id = $2 for update`,
        [ctx.tenantId, id],
      );
      if (!before) return undefined;
      allow(before);
      const [row] = await tx.query<StoredWord>(
        `update forbidden_word
            set category = coalesce($3, category), action = coalesce($4, action), allow = coalesce($7, allow),
                whole_word = case when $5 then $6::boolean else whole_word end
          where tenant_id = $1 and id = $2 returning ${COLUMNS}`,
        [
          ...[ctx.tenantId, id, change.category ?? null, change.action ?? null],
          ...[change.wholeWord !== undefined, change.wholeWord ?? null, change.allow ?? null],
        ],
      );
      if (row) await raiseVersion(tx, ctx, 'words');
      return row;
    });
  }

  /** The removed word; undefined when the tenant has none of that id. */
  async remove(ctx: CallContext, id: string): Promise<StoredWord | undefined> {
    return this.db.transaction(ctx, async (tx) => {
      const [row] = await tx.query<StoredWord>(
        `delete from forbidden_word where tenant_id = $1 and id = $2 returning ${COLUMNS}`,
        [ctx.tenantId, id],
      );
      if (row) await raiseVersion(tx, ctx, 'words');
      return row;
    });
  }
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

async function insert(tx: Tx, ctx: CallContext, words: readonly NewWord[]): Promise<void> {
  await tx.query(
    `insert into forbidden_word (tenant_id, created_by, text, category, action, whole_word, allow)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::boolean[], $7::boolean[])`,
    [
      ctx.tenantId,
      ctx.caller.userId,
      words.map((word) => word.text),
      words.map((word) => word.category),
      words.map((word) => word.action),
      words.map((word) => word.wholeWord),
      words.map((word) => word.allow ?? false),
    ],
  );
}
