import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { authError } from './auth.errors.js';
import { name, slug, validate } from './validate-input.js';

/** Serialises commands that seed one database at once; the number is arbitrary and ours. */
const SEED_LOCK = 5_023_771_905;

const input = z.strictObject({ slug, name });

export interface NewTenant {
  /** Lower-case letters, digits and dashes: people type it to sign in. */
  slug: string;
  name: string;
}

export interface CreatedTenant extends NewTenant {
  id: string;
}

/** Creates a tenant with the owner's role, the only one that may. Throws AUTH_TENANT_TAKEN. */
export async function createTenant(ownerUrl: string, request: NewTenant): Promise<CreatedTenant> {
  const { tenant, created } = await findOrCreateTenant(ownerUrl, request);
  if (!created) throw authError('AUTH_TENANT_TAKEN');
  return tenant;
}

/** The tenant of this short name, created when it is missing; safe to run from several commands at once. */
export async function findOrCreateTenant(
  ownerUrl: string,
  request: NewTenant,
): Promise<{ tenant: CreatedTenant; created: boolean }> {
  const { slug, name } = validate(input, request);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'lorekeep-tenants' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SEED_LOCK]);
    const found = await client.query<CreatedTenant>('select id, slug, name from tenant where slug = $1', [
      slug,
    ]);
    const tenant = found.rows[0] ?? { id: randomUUID(), slug, name };
    if (found.rows.length === 0) {
      // Row security is forced for the owner too: the new row must already be the current tenant's.
      await client.query(`select set_config('app.tenant', $1, true)`, [tenant.id]);
      await client.query('insert into tenant (id, slug, name) values ($1, $2, $3)', [tenant.id, slug, name]);
    }
    await client.query('commit');
    return { tenant, created: found.rows.length === 0 };
  } finally {
    await client.end();
  }
}
