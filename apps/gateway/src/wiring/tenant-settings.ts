import { Inject, Injectable } from '@nestjs/common';
import { Tenants, type TenantSettings } from '@lorekeep/auth';
import { parseRoutes, type ModelPolicy } from '@lorekeep/inference';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { CLOCK } from './tokens.js';

/** A change of settings is in force everywhere within this time, in milliseconds. */
const FRESH_MS = 1_000;

/** Settings of tenants for the question path, which needs them for every question. */
@Injectable()
export class TenantSettingsCache {
  private readonly known = new Map<string, { settings: Promise<TenantSettings>; at: number }>();

  constructor(
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Which models the tenant's people may ask, and for what. Throws where that cannot be read. */
  async modelsOf(ctx: CallContext): Promise<ModelPolicy> {
    const { allowedModels, modelRoutes, firstRoles } = await this.of(ctx);
    const routes = parseRoutes(modelRoutes);
    if (!routes) throw new Error('the routes of this tenant cannot be read');
    return { allowed: allowedModels.length > 0 ? allowedModels : null, routes, firstRoles };
  }

  of(ctx: CallContext): Promise<TenantSettings> {
    const now = this.clock.monotonic();
    const known = this.known.get(ctx.tenantId);
    if (known && now - known.at < FRESH_MS) return known.settings;
    const settings = this.load(ctx);
    this.known.set(ctx.tenantId, { settings, at: now });
    // A failure is not kept: the next question asks again.
    settings.catch(() => this.forget(ctx.tenantId));
    return settings;
  }

  forget(tenantId: string): void {
    this.known.delete(tenantId);
  }

  private async load(ctx: CallContext): Promise<TenantSettings> {
    const tenant = await this.tenants.get(ctx);
    if (!tenant) throw new Error('the tenant of this call does not exist');
    return tenant.settings;
  }
}
