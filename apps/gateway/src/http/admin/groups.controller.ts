import { Controller, Inject } from '@nestjs/common';
import { Groups, type GroupChanges, type MemberView, type NewGroup, type PageRequest } from '@lorekeep/auth';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { KeepDenials } from './keep-denials.js';

@Controller()
export class GroupsController {
  constructor(
    @Inject(Groups) private readonly groups: Groups,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
    @Inject(KeepDenials) private readonly denials: KeepDenials,
  ) {}

  @Contract(routes.groups)
  async list(@Ctx() ctx: CallContext, @Input('query') query: PageRequest & { search?: string }) {
    const { items, cursor } = await this.groups.list(ctx, query);
    return { rows: items, next: cursor };
  }

  @Contract(routes.createGroup)
  create(@Ctx() ctx: CallContext, @Input('body') body: NewGroup) {
    return this.recorder.act(ctx, 'admin.group.create', { name: body.name }, () =>
      this.groups.create(ctx, body),
    );
  }

  @Contract(routes.updateGroup)
  async update(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') body: GroupChanges,
  ) {
    found(await this.groups.get(ctx, id));
    const detail = { groupId: id, name: body.name ?? null };
    return found(
      await this.recorder.act(ctx, 'admin.group.update', detail, () => this.groups.update(ctx, id, body)),
    );
  }

  @Contract(routes.deleteGroup)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const { name } = found(await this.groups.get(ctx, id));
    await this.recorder.act(ctx, 'admin.group.delete', { groupId: id, name }, () =>
      this.denials.whileDeleting(ctx, id, () => this.groups.delete(ctx, id)),
    );
  }

  @Contract(routes.groupMembers)
  async members(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return { rows: await this.allMembers(ctx, id) };
  }

  @Contract(routes.setGroupMembers)
  async setMembers(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') { userIds, liftDenials }: { userIds: string[]; liftDenials: boolean },
  ) {
    found(await this.groups.get(ctx, id));
    const set = async () => {
      const stay = new Set(userIds);
      const leave = (await this.allMembers(ctx, id)).some((member) => !stay.has(member.id));
      if (leave) await this.denials.whileLeaving(ctx, [id], liftDenials);
      return this.groups.setMembers(ctx, id, userIds);
    };
    const detail = { groupId: id, userIds, liftDenials };
    return found(await this.recorder.act(ctx, 'admin.group.members', detail, set)).group;
  }

  private async allMembers(ctx: CallContext, id: string): Promise<MemberView[]> {
    const members: MemberView[] = [];
    let cursor: string | undefined;
    do {
      const page = found(await this.groups.members(ctx, id, { limit: 200, ...(cursor ? { cursor } : {}) }));
      members.push(...page.items);
      cursor = page.cursor ?? undefined;
    } while (cursor);
    return members;
  }
}
