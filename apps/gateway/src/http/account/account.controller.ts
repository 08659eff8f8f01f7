import { Controller, Inject } from '@nestjs/common';
import { Passwords, Tenants, Users } from '@lorekeep/auth';
import { routes, type Person } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Quota } from '@lorekeep/quota';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { personOf } from './person-of.js';

@Controller()
export class AccountController {
  constructor(
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Users) private readonly users: Users,
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(Quota) private readonly quota: Quota,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.changePassword)
  async changePassword(
    @Ctx() ctx: CallContext,
    @Input('body') body: { current: string; next: string },
  ): Promise<void> {
    await this.recorder.act(ctx, 'account.password', {}, () =>
      this.passwords.change(ctx, body.current, body.next),
    );
  }

  @Contract(routes.updateMe)
  async update(
    @Ctx() ctx: CallContext,
    @Input('body') body: { locale?: 'en' | 'zh' | null; displayName?: string },
  ): Promise<Person> {
    const update = async () => found(await this.users.update(ctx, ctx.caller.userId ?? '', body));
    const user = await this.recorder.act(ctx, 'account.update', { ...body }, update);
    const locale = user.locale ?? ctx.caller.locale;
    const localeChosen = user.locale !== null;
    const caller = { ...ctx.caller, locale, localeChosen, displayName: user.displayName };
    return personOf(caller, found(await this.tenants.get(ctx)));
  }

  @Contract(routes.usage)
  usage(@Ctx() ctx: CallContext) {
    return this.quota.usageOf(ctx);
  }
}
