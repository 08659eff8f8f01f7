import type { CollectionRow } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { mayWrite } from './manage-documents.js';
import { slugTaken } from './retrieval.errors.js';

const UNIQUE_VIOLATION = '23505';

/** Named groups of documents that share readers. */
export class Collections {
  constructor(private readonly database: Database) {}

  /** Those that hold a ready document which the caller may read; all of them for those who may write. */
  list(ctx: CallContext): Promise<CollectionRow[]> {
    const all = mayWrite(ctx);
    // The count sees, by row security, only what the caller may read.
    return this.database.once<CollectionRow & Record<string, unknown>>(
      ctx,
      `select c.id, c.slug, c.name, c.description, count(d.id)::int as documents
         from collection c left join document d
           on d.collection_id = c.id and d.deleted_at is null and d.replaced_at is null and ($1 or d.state = 'ready')
        where c.tenant_id = app_tenant()
        group by c.id having $1 or count(d.id) > 0 order by c.name, c.id`,
      [all],
      { access: all ? 'all' : 'caller' },
    );
  }

  async bySlug(ctx: CallContext, slug: string): Promise<{ id: string; slug: string; name: string } | null> {
    const rows = await this.database.once<{ id: string; slug: string; name: string }>(
      ctx,
      'select id, slug, name from collection where slug = $1',
      [slug],
    );
    return rows[0] ?? null;
  }

  /** A new collection has no readers: nobody may read it until somebody is let in. */
  async create(
    ctx: CallContext,
    body: { slug: string; name: string; description: string },
  ): Promise<CollectionRow> {
    try {
      const [row] = await this.database.once<{ id: string }>(
        ctx,
        `insert into collection (tenant_id, slug, name, description) values (app_tenant(), $1, $2, $3) returning id`,
        [body.slug, body.name, body.description],
      );
      if (!row) throw new Error('insert returned no row');
      return { id: row.id, slug: body.slug, name: body.name, description: body.description, documents: 0 };
    } catch (cause) {
      if ((cause as { code?: string }).code === UNIQUE_VIOLATION) throw slugTaken();
      throw cause;
    }
  }
}
