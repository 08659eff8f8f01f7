import type { GroundednessMark } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { carryMarks } from '@lorekeep/kit/text';
import { sourceIds, storableJson, storableMarks, storableText, type ListPosition } from '@lorekeep/kit/sql';

export type DraftState = 'writing' | 'draft' | 'approved' | 'refused' | 'failed';

export interface DraftView {
  id: string;
  customerMessage: string;
  tone: string;
  content: string;
  citations: unknown[];
  /** What it was written from, cited or not. */
  documentIds: string[];
  /** Sentences that their sources do not support. */
  marks: GroundednessMark[];
  state: DraftState;
  refusal: Record<string, unknown> | null;
  /** Trace id of the writing: the audit knows it by this. */
  reference: string | null;
  model: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What the writing came to. */
export interface Written {
  content?: string | undefined;
  citations?: readonly object[] | undefined;
  /** What it was written from, cited or not. */
  documentIds?: readonly string[] | undefined;
  /** Places in `content`, which comes with them. */
  marks?: readonly GroundednessMark[] | undefined;
  refusal?: object | null | undefined;
  reference?: string | null | undefined;
  model?: string | null | undefined;
}

/** One of a list; `own`: by the customer's message, or because nothing was looked for, not by the reply alone. */
export interface FoundDraft extends DraftView {
  own: boolean;
}

const VIEW = `
  d.id, d.customer_message as "customerMessage", d.tone, d.content, d.citations, d.document_ids as "documentIds", d.marks, d.state, d.refusal, d.reference,
  d.model, d.created_at as "createdAt", d.updated_at as "updatedAt"`;

// Else a search would tell what stands in a text that is no longer shown. Row security answers, document by document.
const STILL_READABLE = `
  not exists (select from unnest(d.document_ids) as source (id)
               where not exists (select from document readable where readable.id = source.id
                                    and readable.deleted_at is null and readable.state = 'ready'))`;

const LIST = `
  select ${VIEW}, ($4::text is null or d.customer_message ilike $4) as own from draft d
   where d.user_id = $1
     and ($2::timestamptz is null or (d.updated_at, d.id) < ($2, $3::uuid))
     and ($4::text is null or d.customer_message ilike $4 or (d.content ilike $4 and ${STILL_READABLE}))
     and ($5::text is null or d.state = $5)
   order by d.updated_at desc, d.id desc limit $6`;

const GET = `select ${VIEW} from draft d where d.user_id = $1 and d.id = $2`;

const INSERT = `
  insert into draft as d (tenant_id, user_id, customer_message, tone, state, reference, created_at, updated_at)
  values (app_tenant(), $1, $2, $3, 'writing', $4, $5, $5)
  returning ${VIEW}`;

// One statement decides whether the step is allowed and takes it: two at the same time cannot both.
const SET_STATE = `
  update draft d
     set state = $3, content = coalesce($5, d.content), citations = coalesce($6::jsonb, d.citations),
         refusal = coalesce($7::jsonb, d.refusal), reference = coalesce($8, d.reference),
         model = coalesce($9, d.model), updated_at = $10,
         document_ids = coalesce($11::uuid[], d.document_ids),
         marks = coalesce($12::jsonb, d.marks)
   where d.user_id = $1 and d.id = $2 and d.state = any ($4::text[])
  returning ${VIEW}`;

// Only what was looked at is approved: an edit or another writing since then makes this find nothing.
const APPROVE = `
  update draft d set state = 'approved', content = $5, marks = $6, updated_at = $7
   where d.user_id = $1 and d.id = $2 and d.state = any ('{draft,approved}')
     and d.content = $3 and d.document_ids = $4::uuid[]
  returning ${VIEW}`;

const LOCK = `
  select d.content, d.marks from draft d where d.user_id = $1 and d.id = $2 and d.state <> 'writing' for update`;

const UPDATE = `
  update draft d set content = $3, state = 'draft', updated_at = $4, marks = $5
   where d.user_id = $1 and d.id = $2 and d.state <> 'writing'
  returning ${VIEW}`;

const REMOVE = `delete from draft d where d.user_id = $1 and d.id = $2 returning ${VIEW}`;

const FAIL_ABANDONED = `
  update draft set state = 'failed', updated_at = $2 where state = 'writing' and updated_at < $1 returning id`;

/** Every statement on drafts; each names the owner and finds nothing of anybody else, except for housekeeping. */
export class DraftRepository {
  constructor(private readonly database: Database) {}

  list(
    ctx: CallContext,
    owner: string,
    from: ListPosition | null,
    filter: { pattern: string | null; state: DraftState | null },
    limit: number,
  ): Promise<FoundDraft[]> {
    const values = [owner, from?.updatedAt ?? null, from?.id ?? null, filter.pattern, filter.state, limit];
    return this.database.once<FoundDraft>(ctx, LIST, values);
  }

  async get(ctx: CallContext, owner: string, id: string): Promise<DraftView | null> {
    return (await this.database.once<DraftView>(ctx, GET, [owner, id]))[0] ?? null;
  }

  async insert(
    ctx: CallContext,
    owner: string,
    draft: { customerMessage: string; tone: string; reference: string | null },
    now: Date,
  ): Promise<DraftView> {
    const values = [owner, draft.customerMessage, draft.tone, draft.reference, now];
    const [row] = await this.database.once<DraftView>(ctx, INSERT, values);
    if (!row) throw new Error('the new draft was not stored');
    return row;
  }

  /** Null when there is no such draft in one of the states `from`. */
  async setState(
    ctx: CallContext,
    owner: string,
    id: string,
    step: { from: readonly DraftState[]; to: DraftState; written: Written },
    now: Date,
  ): Promise<DraftView | null> {
    const { from, to, written } = step;
    const values = [
      owner,
      id,
      to,
      from,
      written.content === undefined ? null : storableText(written.content),
      storableJson(written.citations),
      storableJson(written.refusal),
      written.reference ?? null,
      written.model ?? null,
      now,
      written.documentIds || written.citations ? sourceIds(written.documentIds, written.citations) : null,
      written.content === undefined ? null : storableMarks(written.content, written.marks ?? []),
    ];
    return (await this.database.once<DraftView>(ctx, SET_STATE, values))[0] ?? null;
  }

  /** A person's edit; marks stay with the sentences that are still there. */
  async update(
    ctx: CallContext,
    owner: string,
    id: string,
    content: string,
    now: Date,
  ): Promise<DraftView | null> {
    return this.database.transaction(ctx, async (tx) => {
      const [before] = await tx.query<Pick<DraftView, 'content' | 'marks'>>(LOCK, [owner, id]);
      if (!before) return null;
      const marks = storableMarks(content, carryMarks(before.content, before.marks, content));
      return (await tx.query<DraftView>(UPDATE, [owner, id, content, now, marks]))[0] ?? null;
    });
  }

  /** Null when it is no longer as it was `seen`; what is approved is the text given, in the same statement. */
  async approve(
    ctx: CallContext,
    owner: string,
    seen: DraftView,
    content: string,
    now: Date,
  ): Promise<DraftView | null> {
    const marks = storableMarks(content, carryMarks(seen.content, seen.marks, content));
    const values = [owner, seen.id, seen.content, seen.documentIds, content, marks, now];
    return (await this.database.once<DraftView>(ctx, APPROVE, values))[0] ?? null;
  }

  async remove(ctx: CallContext, owner: string, id: string): Promise<DraftView | null> {
    return (await this.database.once<DraftView>(ctx, REMOVE, [owner, id]))[0] ?? null;
  }

  async failAbandoned(ctx: CallContext, before: Date, now: Date): Promise<number> {
    return (await this.database.once(ctx, FAIL_ABANDONED, [before, now])).length;
  }
}
