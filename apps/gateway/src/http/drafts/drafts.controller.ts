import { Controller, Inject, Res } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { Drafts, type DraftListRequest, type DraftView, type Tone } from '@lorekeep/drafts';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { carryMarks } from '@lorekeep/kit/text';
import type { Question } from '@lorekeep/question-path';
import { Contract } from '../../edge/contract.decorator.js';
import { EventStream } from '../../edge/event-stream.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply } from '../../edge/request.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { AskPath } from '../ask/ask-path.js';
import { KeptAnswers } from '../ask/kept-answers.js';
import type { ShownDraft } from '../ask/scan-kept.js';
import { streamAnswer } from '../ask/stream-answer.js';
import { withdrawn, withoutSources } from '../ask/withdraw-citations.js';
import { DraftKeeper } from './draft-keeper.js';

/** How a tone is asked for; the model is told in English whatever language it writes. */
const TONES: Record<Tone, string> = {
  neutral: 'Write in a neutral, helpful tone.',
  friendly: 'Write in a warm, friendly tone.',
  formal: 'Write in a formal, courteous tone.',
  brief: 'Write briefly: a few sentences.',
};

interface NewDraft {
  customerMessage: string;
  tone: Tone;
  instructions?: string;
}

interface DraftChange {
  content?: string;
  state?: 'draft' | 'approved';
  acceptWithheld: boolean;
}

/** Reply drafts by the same path as every question; nothing is sent from here. */
@Controller()
export class DraftsController {
  constructor(
    @Inject(AskPath) private readonly path: AskPath,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(KeptAnswers) private readonly kept: KeptAnswers,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.createDraft)
  async create(
    @Ctx() ctx: CallContext,
    @Input('body') body: NewDraft,
    @Res() reply: EdgeReply,
  ): Promise<void> {
    const question: Question = {
      door: 'draft',
      messages: [{ role: 'user', content: body.customerMessage }],
      documents: 'auto',
      parameters: {},
      instructions: [TONES[body.tone], body.instructions].filter(Boolean).join('\n'),
    };
    const keeper = new DraftKeeper(ctx, this.drafts, body.tone);
    await streamAnswer(ctx, this.path.ask(ctx, question), new EventStream(reply, ctx.deadline), keeper);
  }

  @Contract(routes.drafts)
  async list(@Ctx() ctx: CallContext, @Input('query') query: DraftListRequest) {
    const { items, cursor } = await this.drafts.list(ctx, query, (texts) => this.kept.texts(ctx, texts));
    const rows = await this.kept.drafts(ctx, items);
    return { rows: rows.map(withoutSources), next: cursor };
  }

  @Contract(routes.draft)
  async get(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return withoutSources(await this.shown(ctx, found(await this.drafts.get(ctx, id))));
  }

  @Contract(routes.updateDraft)
  async update(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') { content, state, acceptWithheld }: DraftChange,
  ) {
    const draft = found(await this.drafts.get(ctx, id));
    // Nobody approves what they may not see, and an edit would lose what access may bring back.
    if (!(await this.kept.isReadable(ctx, draft))) throw withdrawn(ctx);
    const approves = state === 'approved' && (content !== undefined || draft.state !== state);
    const withheld = approves && (await this.shown(ctx, edited(draft, content))).withheld;
    if (withheld && !acceptWithheld) throw withheldIn();
    const about = { draftId: id, characters: content?.length ?? null };
    let changed = draft;
    if (approves) {
      const approve = async () => found(await this.drafts.approve(ctx, draft, content));
      changed = await this.recorder.act(ctx, 'draft.approve', { ...about, withheld }, approve);
    } else if (content !== undefined || (state === 'draft' && draft.state !== state)) {
      const change = () => this.change(ctx, draft, content, state);
      changed = await this.recorder.act(ctx, 'draft.update', { ...about, state: state ?? null }, change);
    }
    return withoutSources(await this.shown(ctx, changed));
  }

  @Contract(routes.deleteDraft)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const remove = async () => found(await this.drafts.remove(ctx, id));
    await this.recorder.act(ctx, 'draft.delete', { draftId: id }, remove);
  }

  private async change(
    ctx: CallContext,
    seen: DraftView,
    content: string | undefined,
    state: DraftChange['state'],
  ): Promise<DraftView> {
    let draft = seen;
    if (content !== undefined) draft = found(await this.drafts.update(ctx, seen.id, { content }));
    if (state === 'draft' && draft.state !== state)
      draft = found(await this.drafts.setState(ctx, seen.id, state));
    return draft;
  }

  /** As its owner may see it now. */
  private async shown(ctx: CallContext, stored: DraftView): Promise<ShownDraft> {
    const [draft] = await this.kept.drafts(ctx, [stored]);
    return found(draft);
  }
}

/** As it would be stored: marks stay with the sentences that are still there. */
function edited(draft: DraftView, content = draft.content): DraftView {
  return { ...draft, content, marks: carryMarks(draft.content, draft.marks, content) };
}

function withheldIn(): RequestError {
  const text =
    'Something of this reply is withheld; nothing was changed. Put it differently, or confirm that it is meant as it is (acceptWithheld).';
  return new RequestError(409, 'DRAFT_WITHHELD', text, [{ path: 'acceptWithheld', message: 'is needed' }]);
}
