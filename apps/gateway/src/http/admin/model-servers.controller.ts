import { Controller, Inject } from '@nestjs/common';
import { routes, type ModelServers as Shown } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx } from '../../edge/input.decorator.js';
import { GatewayEntailment } from '../../wiring/gateway-entailment.js';
import { ModelServers } from '../../wiring/model-servers.js';
import { TenantSettingsCache } from '../../wiring/tenant-settings.js';

@Controller()
export class ModelServersController {
  constructor(
    @Inject(ModelServers) private readonly servers: ModelServers,
    @Inject(TenantSettingsCache) private readonly settings: TenantSettingsCache,
    @Inject(GatewayEntailment) private readonly entailment: GatewayEntailment,
  ) {}

  @Contract(routes.modelServers)
  async show(@Ctx() ctx: CallContext): Promise<Shown> {
    const shown = this.servers.show(await this.settings.modelsOf(ctx));
    return { ...shown, entailment: this.entailment.state };
  }
}
