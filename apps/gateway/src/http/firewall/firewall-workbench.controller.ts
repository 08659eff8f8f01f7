import { Controller, Inject } from '@nestjs/common';
import { AuditQuery, type AuditRecord } from '@lorekeep/audit';
import { Groups } from '@lorekeep/auth';
import { routes, type FirewallSetupBody } from '@lorekeep/contracts';
import {
  explainText,
  FirewallSetups,
  isCategory,
  REPLAY_PAGE,
  replayQuestions,
  showViews,
  type InspectedText,
  type TakenOut,
} from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { GatewayClassifier } from '../../wiring/gateway-classifier.js';
import { keptChanges } from './kept-changes.js';

type TryBody = InspectedText & { draft: FirewallSetupBody | null };
interface ReplayBody {
  draft: FirewallSetupBody;
  from: string;
  to: string;
  before: number | null;
}

/** Trying a text and replaying questions under policies that are not in force. */
@Controller()
export class FirewallWorkbenchController {
  constructor(
    @Inject(FirewallSetups) private readonly setups: FirewallSetups,
    @Inject(AuditQuery) private readonly audit: AuditQuery,
    @Inject(Groups) private readonly groups: Groups,
    @Inject(GatewayClassifier) private readonly classifier: GatewayClassifier,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.tryFirewall)
  async try(@Ctx() ctx: CallContext, @Input('body') { text, role, draft }: TryBody) {
    const current = await this.setups.current(ctx);
    const drafted = draft && (await this.setups.draft(ctx, draft)).policy;
    return {
      views: showViews(text),
      current: await explainText(current([]), text, role, this.classifier.bench),
      draft: drafted && (await explainText(drafted([]), text, role, this.classifier.bench)),
    };
  }

  /**
   * Who administers learns how many questions change and by which rules, and does not read what others asked, unless
   * they may read the audit as well. What the draft changes is recorded: rules can be made to ask about words.
   */
  @Contract(routes.replayFirewall)
  async replay(@Ctx() ctx: CallContext, @Input('body') { draft, from, to, before }: ReplayBody) {
    const texts = ctx.caller.permissions.has('audit.read');
    const { policy: drafted, changes } = await this.setups.draft(ctx, draft);
    const current = await this.setups.current(ctx);
    const filter = { from, to, kind: 'question.opened' };
    await this.recorder.note(ctx, 'audit.read', 'done', {
      filter,
      replay: true,
      texts,
      changes: keptChanges(changes),
    });
    const page = await this.audit.list(ctx, { ...filter, cursor: before ?? undefined, limit: REPLAY_PAGE });
    const kept = page.items.filter(({ detail }) => typeof detail.question === 'string');
    const groups = await this.groups.groupsOf(
      ctx,
      kept.map(({ actorId }) => actorId ?? ''),
    );
    const questions = kept.map((record) => questionOf(record, groups.get(record.actorId ?? '') ?? []));
    const replayed = await replayQuestions(current, drafted, questions);
    const last = replayed.read < kept.length ? kept[replayed.read - 1] : page.items.at(-1);
    const whole = replayed.read === kept.length;
    return {
      ...replayed,
      changed: texts ? replayed.changed : [],
      texts,
      unkept: whole ? page.items.length - kept.length : 0,
      reached: last?.recordedAt ?? null,
      next: whole ? page.next : (last?.sequence ?? null),
    };
  }
}

/** Who asked may have been in other groups then; what is asked here is what would be decided now. */
function questionOf({ traceId, recordedAt, detail }: AuditRecord, groupIds: readonly string[]) {
  const takenOut = takenOutOf(detail.takenOut);
  return { reference: traceId ?? '', at: recordedAt, text: String(detail.question), takenOut, groupIds };
}

function takenOutOf(recorded: unknown): TakenOut[] {
  return (Array.isArray(recorded) ? (recorded as Partial<TakenOut>[]) : []).flatMap((taken) => {
    const { rule, category } = taken ?? {};
    return typeof rule === 'string' && category && isCategory(category) ? [{ rule, category }] : [];
  });
}
