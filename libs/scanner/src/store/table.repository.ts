import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { ListInForce } from '../lists/list-unit.js';
import type { PolicyChanges } from '../policy/effective-policy.js';
import { readChanges } from '../policy/read-changes.js';
import type { WordEntry } from '../word-entry.js';
import { ListContentRepository } from './list-content.repository.js';
import { DatabaseWords } from './word.repository.js';

export interface ListOfTable extends ListInForce {
  readonly state: 'active' | 'preview';
  readonly words: number;
}

/** What a tenant's table is made of, but for the words themselves: read at one moment. */
export interface TableState {
  readonly version: number;
  /** The version at which the tenant's own words changed last. */
  readonly wordsVersion: number;
  readonly changes: PolicyChanges;
  readonly lists: readonly ListOfTable[];
}

/** Where tables come from. */
export interface TableSource {
  /** Grows with every change of words, lists and policy; 0 before the first. */
  versionOf(ctx: CallContext): Promise<number>;
  stateOf(ctx: CallContext): Promise<TableState>;
  /** The tenant's own words, never older than the version that was read before. */
  wordsOf(ctx: CallContext): Promise<{ words: readonly WordEntry[] }>;
  listWords(ctx: CallContext, listId: string): Promise<readonly string[]>;
}

export class TableRepository implements TableSource {
  private readonly words: DatabaseWords;
  private readonly content: ListContentRepository;

  constructor(private readonly db: Database) {
    this.words = new DatabaseWords(db);
    this.content = new ListContentRepository(db);
  }

  versionOf(ctx: CallContext): Promise<number> {
    return this.words.versionOf(ctx);
  }

  wordsOf(ctx: CallContext): Promise<{ words: readonly WordEntry[] }> {
    return this.words.wordsOf(ctx);
  }

  listWords(ctx: CallContext, listId: string): Promise<readonly string[]> {
    return this.content.words(ctx, listId);
  }

  /** One statement, hence one moment. */
  async stateOf(ctx: CallContext): Promise<TableState> {
    const [row] = await this.db.once<{
      version: string;
      wordsVersion: string;
      changes: unknown;
      lists: ListOfTable[];
    }>(
      ctx,
      `select coalesce(v.version, 0) as version, coalesce(v.words_version, 0) as "wordsVersion",
              coalesce(p.categories, '{}') as changes,
              coalesce((select jsonb_agg(jsonb_build_object('id', id, 'category', category, 'action', action,
                                                            'state', state, 'words', words) order by created_at, id)
                          from word_list where tenant_id = t.tenant_id and state in ('active', 'preview')), '[]') as lists
         from (select $1::uuid as tenant_id) t
         left join word_version v on v.tenant_id = t.tenant_id
         left join scanner_policy p on p.tenant_id = t.tenant_id`,
      [ctx.tenantId],
    );
    if (!row) throw new Error('the tables cannot be read');
    return {
      version: Number(row.version),
      wordsVersion: Number(row.wordsVersion),
      changes: readChanges(row.changes),
      lists: row.lists,
    };
  }
}
