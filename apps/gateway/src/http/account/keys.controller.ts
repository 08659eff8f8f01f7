import { Controller, Inject } from '@nestjs/common';
import { ApiKeys } from '@lorekeep/auth';
import { routes } from '@lorekeep/contracts';
import type { CallContext, Permission } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class KeysController {
  constructor(
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.keys)
  async list(@Ctx() ctx: CallContext) {
    return { rows: await this.keys.list(ctx) };
  }

  @Contract(routes.createKey)
  async create(
    @Ctx() ctx: CallContext,
    @Input('body') body: { name: string; scopes: Permission[]; expiresAt: string | null },
  ) {
    const detail = { name: body.name, scopes: body.scopes, expiresAt: body.expiresAt };
    const { key, created } = await this.recorder.act(ctx, 'key.create', detail, () =>
      this.keys.create(ctx, body),
    );
    return { ...created, key };
  }

  @Contract(routes.revokeKey)
  async revoke(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const revoke = async () => found(await this.keys.revoke(ctx, id));
    await this.recorder.act(ctx, 'key.revoke', { keyId: id }, revoke);
  }
}
