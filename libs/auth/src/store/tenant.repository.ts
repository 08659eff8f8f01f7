import type { CallContext } from '@lorekeep/kit/context';
import type { AuthStore } from './auth-store.js';

export interface TenantRow {
  id: string;
  slug: string;
  name: string;
  settings: Record<string, unknown>;
  createdAt: Date;
}

const VIEW = `id, slug, name, settings, created_at as "createdAt"`;

const BY_SLUG = `select tenant_by_slug($1) as id`;

const IDS = `select tenant_ids() as id`;

const GET = `select ${VIEW} from tenant where id = app_tenant()`;

const UPDATE = `
  update tenant set name = coalesce($1, name), settings = settings || coalesce($2::jsonb, '{}')
   where id = app_tenant()
  returning ${VIEW}`;

/** Every statement on tenants that the application's role may run. */
export class TenantRepository {
  constructor(private readonly store: AuthStore) {}

  async idOf(slug: string): Promise<string | null> {
    return (await this.store.withoutTenant<{ id: string | null }>(BY_SLUG, [slug]))[0]?.id ?? null;
  }

  async ids(): Promise<string[]> {
    return (await this.store.withoutTenant<{ id: string }>(IDS)).map((row) => row.id);
  }

  async get(ctx: CallContext): Promise<TenantRow | null> {
    return (await this.store.once<TenantRow>(ctx, GET, []))[0] ?? null;
  }

  async update(ctx: CallContext, name: string | null, settings: object | null): Promise<TenantRow | null> {
    const values = [name, settings === null ? null : JSON.stringify(settings)];
    return (await this.store.once<TenantRow>(ctx, UPDATE, values))[0] ?? null;
  }
}
