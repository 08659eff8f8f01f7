import { Controller, Inject } from '@nestjs/common';
import { Tenants, type TenantView } from '@lorekeep/auth';
import { routes, type Settings } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { ModelServers } from '../../wiring/model-servers.js';
import { TenantSettingsCache } from '../../wiring/tenant-settings.js';
import { refuseModels } from './refuse-models.js';

@Controller()
export class SettingsController {
  constructor(
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(TenantSettingsCache) private readonly cache: TenantSettingsCache,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
    @Inject(ModelServers) private readonly servers: ModelServers,
  ) {}

  @Contract(routes.settings)
  async get(@Ctx() ctx: CallContext): Promise<Settings> {
    return settingsOf(found(await this.tenants.get(ctx)));
  }

  @Contract(routes.setSettings)
  async set(@Ctx() ctx: CallContext, @Input('body') { name, ...settings }: Settings): Promise<Settings> {
    const before = found(await this.tenants.get(ctx)).settings;
    refuseModels(before, settings, this.servers.known());
    const change = () => this.tenants.update(ctx, { name, settings });
    const tenant = found(await this.recorder.act(ctx, 'admin.settings', { name, ...settings }, change));
    this.cache.forget(ctx.tenantId);
    return settingsOf(tenant);
  }
}

function settingsOf(tenant: TenantView): Settings {
  return { name: tenant.name, ...tenant.settings };
}
