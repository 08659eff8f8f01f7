import { createTenant } from '@lorekeep/auth';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Short names of tenants that an evaluation made. */
const SLUG = 'eval-scratch-';

/** Held for as long as the evaluation lives, however it ends. */
const LOCK = `pg_try_advisory_lock(hashtextextended('lorekeep eval ' || $1, 0))`;

/** A tenant that exists for one command: everything of it goes with `remove`, or with the next evaluation after a crash. */
export class ScratchTenant {
  private constructor(
    readonly id: string,
    private readonly owner: pg.Client,
  ) {}

  static async create(ownerUrl: string): Promise<ScratchTenant> {
    const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'lorekeep-eval' });
    await owner.connect();
    try {
      await removeAbandoned(owner);
      const name = `${SLUG}${randomBytes(6).toString('hex')}`;
      await owner.query(`select ${LOCK}`, [name]);
      const { id } = await createTenant(ownerUrl, { slug: name, name: 'Evaluation, removed afterwards' });
      return new ScratchTenant(id, owner);
    } catch (cause) {
      await owner.end();
      throw cause;
    }
  }

  async remove(): Promise<void> {
    try {
      await removeTenant(this.owner, this.id);
    } finally {
      await this.owner.end();
    }
  }
}

/** What a crashed evaluation left. */
async function removeAbandoned(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ id: string; slug: string }>(
    'select id, slug from tenant where starts_with(slug, $1)',
    [SLUG],
  );
  for (const { id, slug } of rows) {
    const { rows: held } = await owner.query<{ free: boolean }>(`select ${LOCK} as free`, [slug]);
    if (held[0]?.free) await removeTenant(owner, id);
  }
}

/** Rows of other tables first, in whatever order their references ask for. */
async function removeTenant(owner: pg.Client, id: string): Promise<void> {
  await owner.query(
    `select set_config('app.tenant', $1, false), set_config('app.access', 'all', false),
            set_config('statement_timeout', '0', false)`,
    [id],
  );
  let left = await tablesOf(owner);
  while (left.length > 0) {
    const kept: string[] = [];
    for (const table of left) if (!(await isEmptied(owner, table))) kept.push(table);
    if (kept.length === left.length)
      throw new Error(`the evaluation's rows in ${kept.join(', ')} cannot be removed`);
    left = kept;
  }
  await owner.query('delete from tenant where id = $1', [id]);
}

async function tablesOf(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where n.nspname = 'public' and c.relkind = 'r' order by c.relname`,
  );
  return rows.map(({ name }) => name);
}

const REFERENCED = '23503';

/** Row security shows only the tenant's rows. */
async function isEmptied(owner: pg.Client, table: string): Promise<boolean> {
  const name = owner.escapeIdentifier(table);
  const { rows } = await owner.query(`select 1 from ${name} limit 1`);
  if (rows.length === 0) return true;
  try {
    await owner.query(`delete from ${name} where tenant_id = app_tenant()`);
    return true;
  } catch (cause) {
    if ((cause as { code?: string }).code === REFERENCED) return false;
    throw cause;
  }
}
