import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

export interface RecentAnswer {
  readonly at: Date;
  readonly text: string;
}

/** Answers that are in memory at once. */
const PAGE = 200;

/** Answers of the whole tenant, for verbs of its administration that look through them; whose they are is not told. */
export class ReadRecentAnswers {
  constructor(private readonly database: Database) {}

  /** Newest first, at most `limit`, given since then, of conversations that nobody has deleted. */
  async *run(ctx: CallContext, since: Date, limit: number): AsyncGenerator<RecentAnswer> {
    let before: { at: string; id: string } | null = null;
    for (let left = limit; left > 0;) {
      const rows: (RecentAnswer & { id: string; exact: string })[] = await this.database.once(
        ctx,
        `select m.id, m.created_at as at, m.created_at::text as exact, m.content as text
           from message m join conversation c on c.id = m.conversation_id
          where m.tenant_id = $1 and m.role = 'assistant' and m.created_at >= $2 and m.content <> ''
            and c.deleted_at is null
            and ($3::timestamptz is null or (m.created_at, m.id) < ($3::timestamptz, $4::uuid))
          order by m.created_at desc, m.id desc limit $5`,
        [ctx.tenantId, since, before?.at ?? null, before?.id ?? null, Math.min(PAGE, left)],
      );
      for (const { at, text } of rows) yield { at, text };
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      before = { at: last.exact, id: last.id };
      left -= rows.length;
    }
  }
}
