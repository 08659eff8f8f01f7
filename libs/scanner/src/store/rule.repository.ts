import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { CHUNK_WORDS } from './list-content.repository.js';

/** One entry of a list, by its place among the words of the list. */
export interface ListEntryKey {
  readonly ruleId: string;
  readonly listId: string;
  readonly index: number;
}

/** What rules are called, by id; row security keeps tenants apart. */
export class RuleRepository {
  constructor(private readonly db: Database) {}

  /** Texts of the tenant's own words, by id; those that were deleted are missing. */
  async words(ctx: CallContext, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db.once<{ id: string; text: string }>(
      ctx,
      'select id, text from forbidden_word where tenant_id = $1 and id = any($2::uuid[])',
      [ctx.tenantId, ids],
    );
    return new Map(rows.map(({ id, text }) => [id, text]));
  }

  /** Names of lists and their entries, by rule; those of lists that were deleted are missing. */
  async entries(
    ctx: CallContext,
    keys: readonly ListEntryKey[],
  ): Promise<Map<string, { name: string; entry: string | null }>> {
    if (keys.length === 0) return new Map();
    const rows = await this.db.once<{ ruleId: string; name: string; entry: string | null }>(
      ctx,
      `select k."ruleId", l.name, c.words[k.index % $3 + 1] as entry
         from jsonb_to_recordset($2) as k ("ruleId" text, "listId" uuid, index int)
         join word_list l on l.tenant_id = $1 and l.id = k."listId"
         left join word_list_chunk c on c.list_id = l.id and c.ordinal = k.index / $3`,
      [ctx.tenantId, JSON.stringify(keys), CHUNK_WORDS],
    );
    return new Map(rows.map(({ ruleId, name, entry }) => [ruleId, { name, entry }]));
  }
}
