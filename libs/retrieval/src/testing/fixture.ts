import { createHash } from 'node:crypto';
import pg from 'pg';
import { newTraceId, PERMISSIONS, type CallContext, type Permission } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { Collections, DocumentStore, type NewPassage } from '../index.js';
import { entities } from '../store/entities.js';

/** Tenants, people and documents for specs and benches, made the way that the product makes them. */
export class Fixture {
  private readonly store: DocumentStore;

  private constructor(
    readonly database: Database,
    private readonly owner: pg.Client,
  ) {
    this.store = new DocumentStore(database);
  }

  static async open(urls: { ownerUrl: string; appUrl: string }, poolSize = 4): Promise<Fixture> {
    const database = await connectDatabase({
      url: urls.appUrl,
      entities,
      poolSize,
      statementTimeout: 60_000,
      applicationName: 'retrieval-fixture',
    });
    const owner = new pg.Client({ connectionString: urls.ownerUrl });
    await owner.connect();
    return new Fixture(database, owner);
  }

  async close(): Promise<void> {
    await this.owner.end();
    await this.database.close();
  }

  private readonly taken = new Set<string>();
  /** The name, or another where an earlier try of the same test has taken it. */
  private unused(what: string, name: string): string {
    for (let n = 1; ; n += 1) {
      const free = n === 1 ? name : `${name}-${n}`;
      if (this.taken.has(`${what} ${free}`)) continue;
      this.taken.add(`${what} ${free}`);
      return free;
    }
  }

  /** Somebody who may write documents, in a tenant of their own. */
  async tenant(slug: string): Promise<CallContext> {
    const id = crypto.randomUUID();
    await this.asTenant(id, 'insert into tenant (id, slug, name) values ($1, $2, $2)', [
      id,
      this.unused('tenant', slug),
    ]);
    return contextOf(id, null, [], PERMISSIONS);
  }

  /** An employee with the given groups. */
  async employee(writer: CallContext, name: string, groupIds: readonly string[] = []): Promise<CallContext> {
    const id = crypto.randomUUID();
    await this.asTenant(
      writer.tenantId,
      `insert into app_user (id, tenant_id, email, display_name, roles) values ($1, $2, $3, $3, '{employee}')`,
      [id, writer.tenantId, `${this.unused(`${writer.tenantId} user`, name)}@example.test`],
    );
    for (const group of groupIds) {
      await this.asTenant(
        writer.tenantId,
        'insert into group_member (tenant_id, group_id, user_id) values ($1, $2, $3)',
        [writer.tenantId, group, id],
      );
    }
    return contextOf(writer.tenantId, id, groupIds, ['account', 'ask', 'documents.read']);
  }

  async group(writer: CallContext, name: string): Promise<string> {
    const id = crypto.randomUUID();
    await this.asTenant(writer.tenantId, 'insert into user_group (id, tenant_id, name) values ($1, $2, $3)', [
      id,
      writer.tenantId,
      this.unused(`${writer.tenantId} group`, name),
    ]);
    return id;
  }

  async collection(writer: CallContext, name: string): Promise<string> {
    const slug = this.unused(`${writer.tenantId} collection`, name);
    return (await new Collections(this.database).create(writer, { slug, name, description: '' })).id;
  }

  /** A ready document with one passage per text. */
  async document(
    writer: CallContext,
    collectionId: string,
    title: string,
    texts: readonly (string | NewPassage)[],
  ): Promise<string> {
    const id = crypto.randomUUID();
    const file = { fileName: 'file.md', mediaType: 'text/markdown', content: Buffer.from('x') };
    const sha256 = createHash('sha256').update(id).digest();
    const received = await this.store.transaction(writer, (tx) =>
      this.store.receive(tx, writer, { id, collectionId, title, sha256, ...file }),
    );
    if (!received) throw new Error('no such collection');
    const passages = texts.map(passageOf);
    await this.store.finish(writer, id, { title, language: 'en', pages: null, passages });
    return id;
  }

  /** Fresh statistics for the planner, which the server gathers by itself within minutes. */
  async analyze(): Promise<void> {
    await this.owner.query('vacuum analyze');
  }

  /** A statement as the owner of the schema, inside one tenant. */
  async asTenant(tenantId: string, sql: string, values: readonly unknown[]): Promise<void> {
    await this.owner.query('begin');
    try {
      await this.owner.query(`select set_config('app.tenant', $1, true)`, [tenantId]);
      await this.owner.query(sql, [...values]);
      await this.owner.query('commit');
    } catch (cause) {
      await this.owner.query('rollback');
      throw cause;
    }
  }
}

const passageOf = (text: string | NewPassage): NewPassage =>
  typeof text === 'string' ? { heading: '', page: null, content: text, language: 'en' } : text;

function contextOf(
  tenantId: string,
  userId: string | null,
  groupIds: readonly string[],
  permissions: readonly Permission[],
): CallContext {
  return {
    tenantId,
    traceId: newTraceId(),
    deadline: Number.MAX_SAFE_INTEGER,
    signal: new AbortController().signal,
    caller: {
      kind: userId ? 'user' : 'system',
      userId,
      displayName: 'somebody',
      email: null,
      locale: 'en',
      roles: [],
      groupIds,
      permissions: new Set(permissions),
      sessionId: null,
      keyId: null,
      mustChangePassword: false,
    },
  };
}
