import { Controller, Inject } from '@nestjs/common';
import { Sessions } from '@lorekeep/auth';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class SessionsController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.sessions)
  async list(@Ctx() ctx: CallContext) {
    return { rows: await this.sessions.list(ctx) };
  }

  @Contract(routes.revokeSession)
  async revoke(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const end = async () => found(await this.sessions.revoke(ctx, id, 'ended by its owner'));
    await this.recorder.act(ctx, 'account.session.end', { sessionId: id }, end);
  }
}
