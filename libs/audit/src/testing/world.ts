import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { Audit } from '../audit.js';
import type { AuditFault } from '../audit.errors.js';
import { verifyChain, type Verification } from '../chain/verify-chain.js';
import { SignedHeads } from '../heads/signed-heads.js';
import { loadSigningKey, type SigningKey } from '../heads/signing-key.js';
import { entities } from '../store/entities.js';

/** A migrated database of its own with one tenant, a folder of heads, and the owner's rights to tamper. */
export interface World {
  readonly clone: ClonedDatabase;
  readonly db: Database;
  readonly tenantId: string;
  readonly ctx: CallContext;
  readonly directory: string;
  readonly key: SigningKey;
  readonly heads: SignedHeads;
  readonly headFaults: AuditFault[];
  readonly audit: Audit;
  verify(): Promise<Verification>;
  addTenant(slug: string): Promise<CallContext>;
  /** As the owner of the schema, with the triggers of audit_record off. */
  tamper(sql: string, values?: unknown[]): Promise<void>;
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export function open(db: Database, directory: string, key: SigningKey, faults: AuditFault[] = []) {
  const heads = new SignedHeads(db, { directory, key, onFault: (fault) => faults.push(fault) });
  return { heads, audit: new Audit(db, { heads }) };
}

export function connect(url: string): Promise<Database> {
  return connectDatabase({
    url,
    entities,
    poolSize: 10,
    statementTimeout: 30_000,
    applicationName: 'audit-spec',
  });
}

export async function openWorld(): Promise<World> {
  const clone = await cloneDatabase();
  const owner = new pg.Client({ connectionString: clone.ownerUrl });
  await owner.connect();
  const tenantId = randomUUID();
  await owner.query('alter table audit_record disable trigger user');
  const directory = await mkdtemp(join(tmpdir(), 'audit-spec-'));
  const key = await loadSigningKey(directory);
  const db = await connect(clone.appUrl);
  const headFaults: AuditFault[] = [];
  const { heads, audit } = open(db, directory, key, headFaults);
  const enter = (id: string) => owner.query(`select set_config('app.tenant', $1, false)`, [id]);
  const addTenant = async (slug: string, id: string) => {
    await enter(id);
    await owner.query(`insert into tenant (id, slug, name) values ($1, $2, $2)`, [id, slug]);
    await enter(tenantId);
    return systemContext(id);
  };
  return {
    clone,
    db,
    tenantId,
    ctx: await addTenant('acme', tenantId),
    directory,
    key,
    heads,
    headFaults,
    audit,
    verify: () => verifyChain(tenantId, db, directory, key.publicKey),
    addTenant: (slug) => addTenant(slug, randomUUID()),
    tamper: async (sql, values = []) => void (await owner.query(sql, values)),
    rows: async <Row extends object>(sql: string, values: unknown[] = []) =>
      (await owner.query<Row & pg.QueryResultRow>(sql, values)).rows,
    close: async () => {
      await audit.close();
      await db.close();
      await owner.end();
      await clone.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
