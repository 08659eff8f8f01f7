import { Controller, Inject } from '@nestjs/common';
import { Users, type NewUser, type UserListRequest } from '@lorekeep/auth';
import { routes, type Role } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { KeepDenials } from './keep-denials.js';

interface Changes {
  displayName?: string;
  roles?: Role[];
  groupIds?: string[];
  locale?: 'en' | 'zh' | null;
  disabled?: boolean;
  liftDenials?: boolean;
}

@Controller()
export class UsersController {
  constructor(
    @Inject(Users) private readonly users: Users,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
    @Inject(KeepDenials) private readonly denials: KeepDenials,
  ) {}

  @Contract(routes.users)
  async list(@Ctx() ctx: CallContext, @Input('query') query: UserListRequest) {
    const { items, cursor } = await this.users.list(ctx, query);
    return { rows: items, next: cursor };
  }

  @Contract(routes.createUser)
  async create(@Ctx() ctx: CallContext, @Input('body') body: NewUser) {
    const detail = { email: body.email, roles: body.roles, groupIds: body.groupIds ?? [] };
    const made = await this.recorder.act(ctx, 'admin.user.create', detail, () =>
      this.users.create(ctx, body),
    );
    return { ...made.user, initialPassword: made.initialPassword };
  }

  @Contract(routes.user)
  async get(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return found(await this.users.get(ctx, id));
  }

  @Contract(routes.updateUser)
  async update(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') body: Changes,
  ) {
    found(await this.users.get(ctx, id));
    const detail = { userId: id, ...body } as Record<string, string | boolean | string[] | null>;
    return found(await this.recorder.act(ctx, 'admin.user.update', detail, () => this.change(ctx, id, body)));
  }

  @Contract(routes.resetPassword)
  async resetPassword(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    found(await this.users.get(ctx, id));
    const reset = () => this.users.resetPassword(ctx, id);
    const { initialPassword } = found(
      await this.recorder.act(ctx, 'admin.user.password', { userId: id }, reset),
    );
    return { initialPassword };
  }

  private async checkLeaving(
    ctx: CallContext,
    id: string,
    groupIds: string[],
    confirmed: boolean,
  ): Promise<void> {
    const { groups } = found(await this.users.get(ctx, id));
    const left = groups.map((group) => group.id).filter((group) => !groupIds.includes(group));
    await this.denials.whileLeaving(ctx, left, confirmed);
  }

  private async change(ctx: CallContext, id: string, { disabled, groupIds, liftDenials, ...rest }: Changes) {
    if (groupIds) await this.checkLeaving(ctx, id, groupIds, liftDenials ?? false);
    let user = await this.users.update(ctx, id, rest);
    if (groupIds) user = await this.users.setGroups(ctx, id, groupIds);
    if (disabled === true) user = await this.users.disable(ctx, id);
    if (disabled === false) user = await this.users.enable(ctx, id);
    return user;
  }
}
