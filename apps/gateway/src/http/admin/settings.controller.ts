import { Controller, Inject } from '@nestjs/common';
import { Tenants, type TenantView } from '@lorekeep/auth';
import { routes, type Settings } from '@lorekeep/contracts';
import { parseRoutes } from '@lorekeep/inference';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { TenantSettingsCache } from '../../wiring/tenant-settings.js';

@Controller()
export class SettingsController {
  constructor(
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(TenantSettingsCache) private readonly cache: TenantSettingsCache,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.settings)
  async get(@Ctx() ctx: CallContext): Promise<Settings> {
    return settingsOf(found(await this.tenants.get(ctx)));
  }

  @Contract(routes.setSettings)
  async set(@Ctx() ctx: CallContext, @Input('body') { name, ...settings }: Settings): Promise<Settings> {
    refuseUnreadable(settings.modelRoutes);
    const change = () => this.tenants.update(ctx, { name, settings });
    const tenant = found(await this.recorder.act(ctx, 'admin.settings', { name, ...settings }, change));
    this.cache.forget(ctx.tenantId);
    return settingsOf(tenant);
  }
}

/** A route that means something else than it seems to is worse than none. */
function refuseUnreadable(text: string | undefined): void {
  if (text === undefined || parseRoutes(text) !== null) return;
  const message = 'The routes are not well-formed; nothing was changed.';
  throw new RequestError(422, 'MODEL_ROUTES_INVALID', message, [{ path: 'modelRoutes', message }]);
}

function settingsOf(tenant: TenantView): Settings {
  return { name: tenant.name, ...tenant.settings };
}
