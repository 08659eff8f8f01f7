import pg from 'pg';

/** What `enableVectors` found and did. */
export interface EnabledVectors {
  /** Version in use after it; null: pgvector is not enabled. */
  readonly version: string | null;
  /** Enabled or updated just now. */
  readonly changed: boolean;
  /** Why it is not enabled, as a sentence for the operator; null where it is. */
  readonly problem: string | null;
}

const LOOK = `select (select extversion from pg_extension where extname = 'vector') as installed,
  (select default_version from pg_available_extensions where name = 'vector') as available`;

const MISSING =
  'This Postgres has no pgvector (the embedded one never has): install it on the server (Debian: postgresql-17-pgvector; image: pgvector/pgvector:pg17). Until then vectors are searched by signature.';

/**
 * Enables pgvector in the database of `ownerUrl`, the schema's owner, where the server has it. The schema stays as it is:
 * the tables of vectors are the same with and without it. Safe to repeat. Throws when the database cannot be reached.
 */
export async function enableVectors(ownerUrl: string): Promise<EnabledVectors> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'lorekeep-vectors' });
  await client.connect();
  try {
    const { installed, available } = await look(client);
    if (!available && !installed) return { version: null, changed: false, problem: MISSING };
    if (installed) return { version: installed, changed: false, problem: tooOld(installed) };
    try {
      // Releases differ in whether the owner of the database may, or only a superuser.
      await client.query('create extension if not exists vector');
    } catch (cause) {
      const why = cause instanceof pg.DatabaseError ? cause.message : String(cause);
      return {
        version: null,
        changed: false,
        problem: `pgvector could not be enabled (${why}): run CREATE EXTENSION vector in this database as a superuser.`,
      };
    }
    const { installed: version } = await look(client);
    return { version, changed: true, problem: version === null ? MISSING : tooOld(version) };
  } finally {
    await client.end();
  }
}

async function look(client: pg.Client): Promise<{ installed: string | null; available: string | null }> {
  const { rows } = await client.query<{ installed: string | null; available: string | null }>(LOOK);
  return rows[0] ?? { installed: null, available: null };
}

function tooOld(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 0 || minor >= 8
    ? null
    : `pgvector ${version} is too old: 0.8 or newer is needed (ALTER EXTENSION vector UPDATE). Until then vectors are searched by signature.`;
}
