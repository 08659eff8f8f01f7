import { Controller, Inject } from '@nestjs/common';
import { AuditQuery } from '@lorekeep/audit';
import { Groups } from '@lorekeep/auth';
import { FIREWALL_TEXT_LIMIT, routes } from '@lorekeep/contracts';
import { FirewallCases, FirewallSetups, type NewCase } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

/** Texts with which every change is tried. The audit has their ids and what is expected, never the texts. */
@Controller()
export class FirewallCasesController {
  constructor(
    @Inject(FirewallCases) private readonly cases: FirewallCases,
    @Inject(FirewallSetups) private readonly setups: FirewallSetups,
    @Inject(AuditQuery) private readonly audit: AuditQuery,
    @Inject(Groups) private readonly groups: Groups,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.firewallCases)
  async list(@Ctx() ctx: CallContext) {
    return { rows: await this.cases.list(ctx, await this.setups.current(ctx)) };
  }

  @Contract(routes.addFirewallCase)
  async add(@Ctx() ctx: CallContext, @Input('body') body: Omit<NewCase, 'groupIds'>) {
    const { reference } = body;
    if (reference !== null && !ctx.caller.permissions.has('audit.read'))
      throw new RequestError(403, 'AUTH_NOT_PERMITTED', 'Your account may not do this.');
    const groupIds = reference === null ? [] : (await this.questionOf(ctx, reference)).groupIds;
    return this.act(ctx, { ...body, groupIds });
  }

  /** By who reads the audit: the text is the recorded one, and a test decides nothing. */
  @Contract(routes.keepFalseAlarm)
  async keepFalseAlarm(
    @Ctx() ctx: CallContext,
    @Input('params') { reference }: { reference: string },
    @Input('body') { role }: Pick<NewCase, 'role'>,
  ) {
    const { text, groupIds } = await this.questionOf(ctx, reference);
    found(text !== '');
    if (text.length > FIREWALL_TEXT_LIMIT) throw new RequestError(422, 'FIREWALL_ALARM_TOO_LONG', TOO_LONG);
    return this.act(ctx, { text, role, expected: 'allow', note: '', reference, groupIds });
  }

  private act(ctx: CallContext, asked: NewCase): Promise<{ id: string }> {
    const { role, expected, text, note, reference } = asked;
    const detail = { role, expected, characters: text.length, note, reference };
    return this.recorder.act(ctx, 'admin.firewall.cases.add', detail, () => this.cases.add(ctx, asked));
  }

  /** A question of the audit, with the groups that who asked it is in. */
  private async questionOf(ctx: CallContext, reference: string) {
    const { items } = await this.audit.list(ctx, { traceId: reference, kind: 'question.opened', limit: 1 });
    const { actorId, detail } = found(items[0]);
    const groups = actorId === null ? [] : (await this.groups.groupsOf(ctx, [actorId])).get(actorId);
    return { text: typeof detail.question === 'string' ? detail.question : '', groupIds: groups ?? [] };
  }

  @Contract(routes.deleteFirewallCase)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const remove = async () => found(await this.cases.remove(ctx, id));
    await this.recorder.act(ctx, 'admin.firewall.cases.delete', { caseId: id }, remove);
  }
}

const TOO_LONG = 'The text is too long for a test: try a part of it on the workbench, and keep that.';
