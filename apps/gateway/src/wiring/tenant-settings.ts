import { Inject, Injectable } from '@nestjs/common';
import { Tenants } from '@lorekeep/auth';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { PathSettings } from '@lorekeep/question-path';
import { CLOCK } from './tokens.js';

/** A change of settings is in force everywhere within this time, in milliseconds. */
const FRESH_MS = 1_000;

/** Settings of tenants for the question path, which needs them for every question. */
@Injectable()
export class TenantSettingsCache {
  private readonly known = new Map<string, { settings: Promise<PathSettings>; at: number }>();

  constructor(
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  of(ctx: CallContext): Promise<PathSettings> {
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

  private async load(ctx: CallContext): Promise<PathSettings> {
    const tenant = await this.tenants.get(ctx);
    if (!tenant) throw new Error('the tenant of this call does not exist');
    return tenant.settings;
  }
}
