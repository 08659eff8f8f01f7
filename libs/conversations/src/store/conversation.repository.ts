import type { GroundednessMark } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { sourceIds, storableJson, storableMarks, storableText, type ListPosition } from '@lorekeep/kit/sql';

export interface ConversationView {
  id: string;
  title: string;
  pinned: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export type Outcome = 'answered' | 'refused' | 'stopped' | 'cancelled' | 'failed';

/** A question as it may have been meant, with the documents that its new words are from. */
export interface KeptSuggestion {
  readonly text: string;
  readonly documentIds: readonly string[];
}

export interface MessageView {
  id: string;
  ordinal: number;
  role: 'user' | 'assistant';
  content: string;
  citations: unknown[];
  /** What it was written from, cited or not. */
  documentIds: string[];
  /** Nothing was found: the question as it may have been meant. */
  suggestion: KeptSuggestion | null;
  /** Sentences that their sources do not support. */
  marks: GroundednessMark[];
  outcome: Outcome | null;
  refusal: Record<string, unknown> | null;
  /** Trace id of the question: the audit knows it by this. */
  reference: string | null;
  model: string | null;
  usage: Record<string, unknown> | null;
  rating: 'good' | 'bad' | null;
  ratingReason: string | null;
  createdAt: Date;
}

export interface NewMessage {
  /** Chosen by the caller where it has been told to the page already. */
  id?: string | undefined;
  role: 'user' | 'assistant';
  content: string;
  citations?: readonly object[] | undefined;
  /** What it was written from, cited or not, also by way of earlier answers. */
  documentIds?: readonly string[] | undefined;
  suggestion?: KeptSuggestion | null | undefined;
  marks?: readonly GroundednessMark[] | undefined;
  outcome?: Outcome | null | undefined;
  refusal?: object | null | undefined;
  reference?: string | null | undefined;
  model?: string | null | undefined;
  usage?: object | null | undefined;
}

/** One of a list; `own`: by its title or a question, or because nothing was looked for, not by an answer alone. */
export interface FoundConversation extends ConversationView {
  own: boolean;
}

const VIEW = `c.id, c.title, c.pinned, c.created_at as "createdAt", c.updated_at as "updatedAt"`;

const MESSAGE = `
  m.id, m.ordinal, m.role, m.content, m.citations, m.document_ids as "documentIds", m.suggestion, m.marks, m.outcome, m.refusal, m.reference, m.model, m.usage, m.rating,
  m.rating_reason as "ratingReason", m.created_at as "createdAt"`;

const OWN = `c.user_id = $1 and c.deleted_at is null`;

// Else a search would tell what stands in a text that is no longer shown. Row security answers, document by document.
const STILL_READABLE = `
  not exists (select from unnest(m.document_ids) as source (id)
               where not exists (select from document readable where readable.id = source.id
                                    and readable.deleted_at is null and readable.state = 'ready'))`;

const FOUND_OWN = `
  ($5::text is null or c.title ilike $5
   or exists (select from message m where m.conversation_id = c.id and m.role = 'user' and m.content ilike $5))`;

const LIST = `
  select ${VIEW}, ${FOUND_OWN} as own from conversation c
   where ${OWN}
     and ($2::boolean is null or (c.pinned, c.updated_at, c.id) < ($2, $3::timestamptz, $4::uuid))
     and ($5::text is null or c.title ilike $5
          or exists (select from message m where m.conversation_id = c.id and m.content ilike $5 and ${STILL_READABLE}))
   order by c.pinned desc, c.updated_at desc, c.id desc limit $6`;

const ANSWERS = `
  select m.conversation_id as "conversationId", m.content from message m
   where m.conversation_id = any($1::uuid[]) and m.role = 'assistant' and m.content ilike $2 and ${STILL_READABLE}`;

const GET = `select ${VIEW} from conversation c where ${OWN} and c.id = $2`;

const MESSAGES = `select ${MESSAGE} from message m where m.conversation_id = $1 order by m.ordinal`;

const INSERT = `
  insert into conversation as c (id, tenant_id, user_id, title, created_at, updated_at)
  values (coalesce($1, gen_random_uuid()), app_tenant(), $2, $3, $4, $4)
  returning ${VIEW}`;

const UPDATE = `
  update conversation c set title = coalesce($3, c.title), pinned = coalesce($4, c.pinned)
   where ${OWN} and c.id = $2
  returning ${VIEW}`;

const REMOVE = `update conversation c set deleted_at = $3 where ${OWN} and c.id = $2 returning ${VIEW}`;

const RESTORE = `
  update conversation c set deleted_at = null where c.user_id = $1 and c.id = $2 and c.deleted_at is not null
  returning ${VIEW}`;

// Locks the conversation, so that two appends at the same time take their ordinals one after the other.
const LOCK = `
  update conversation c set updated_at = greatest(c.updated_at, $3) where ${OWN} and c.id = $2
  returning c.id`;

const LAST = `select coalesce(max(ordinal), 0)::int as last from message where conversation_id = $1`;

const APPEND = `
  insert into message as m (id, tenant_id, conversation_id, ordinal, role, content, citations, outcome, refusal,
                            reference, model, usage, created_at, document_ids, suggestion, marks)
  values (coalesce($1, gen_random_uuid()), app_tenant(), $2, $3, $4, $5, coalesce($6::jsonb, '[]'), $7, $8, $9, $10, $11, $12, $13, $14, $15)
  returning ${MESSAGE}`;

const RATE = `
  update message m set rating = $3, rating_reason = $4
    from conversation c
   where ${OWN} and m.id = $2 and c.id = m.conversation_id and m.role = 'assistant'
  returning ${MESSAGE}`;

const PURGE = `delete from conversation where deleted_at < $1 returning id`;

/** Every statement on conversations; those that name an owner find nothing of anybody else. */
export class ConversationRepository {
  constructor(private readonly database: Database) {}

  list(
    ctx: CallContext,
    owner: string,
    from: ListPosition | null,
    pattern: string | null,
    limit: number,
  ): Promise<FoundConversation[]> {
    const position = [from?.pinned ?? null, from?.updatedAt ?? null, from?.id ?? null];
    return this.database.once<FoundConversation>(ctx, LIST, [owner, ...position, pattern, limit]);
  }

  /** Texts of answers that the pattern finds. */
  answersWith(
    ctx: CallContext,
    ids: readonly string[],
    pattern: string,
  ): Promise<{ conversationId: string; content: string }[]> {
    return this.database.once(ctx, ANSWERS, [ids, pattern]);
  }

  async get(tx: Tx, owner: string, id: string): Promise<ConversationView | null> {
    return (await tx.query<ConversationView>(GET, [owner, id]))[0] ?? null;
  }

  messages(tx: Tx, id: string): Promise<MessageView[]> {
    return tx.query<MessageView>(MESSAGES, [id]);
  }

  async insert(
    ctx: CallContext,
    owner: string,
    { id, title }: { id: string | null; title: string },
    now: Date,
  ): Promise<ConversationView> {
    const [row] = await this.database.once<ConversationView>(ctx, INSERT, [id, owner, title, now]);
    if (!row) throw new Error('the new conversation was not stored');
    return row;
  }

  async update(
    ctx: CallContext,
    owner: string,
    id: string,
    change: { title: string | null; pinned: boolean | null },
  ): Promise<ConversationView | null> {
    const values = [owner, id, change.title, change.pinned];
    return (await this.database.once<ConversationView>(ctx, UPDATE, values))[0] ?? null;
  }

  async remove(ctx: CallContext, owner: string, id: string, now: Date): Promise<ConversationView | null> {
    return (await this.database.once<ConversationView>(ctx, REMOVE, [owner, id, now]))[0] ?? null;
  }

  async restore(ctx: CallContext, owner: string, id: string): Promise<ConversationView | null> {
    return (await this.database.once<ConversationView>(ctx, RESTORE, [owner, id]))[0] ?? null;
  }

  /** The last ordinal, with the conversation locked until the end of the transaction; null when there is none such. */
  async lock(tx: Tx, owner: string, id: string, now: Date): Promise<number | null> {
    if ((await tx.query(LOCK, [owner, id, now])).length === 0) return null;
    // Counted by a statement that began after the lock was held, and so sees what others committed before.
    return (await tx.query<{ last: number }>(LAST, [id]))[0]?.last ?? 0;
  }

  async append(tx: Tx, id: string, ordinal: number, message: NewMessage, now: Date): Promise<MessageView> {
    const [row] = await tx.query<MessageView>(APPEND, [
      message.id ?? null,
      id,
      ordinal,
      message.role,
      storableText(message.content),
      storableJson(message.citations),
      message.outcome ?? null,
      storableJson(message.refusal),
      message.reference ?? null,
      message.model ?? null,
      storableJson(message.usage),
      now,
      sourceIds(message.documentIds, message.citations),
      storableJson(message.suggestion),
      storableMarks(message.content, message.marks ?? []),
    ]);
    if (!row) throw new Error('the new message was not stored');
    return row;
  }

  async rate(
    ctx: CallContext,
    owner: string,
    messageId: string,
    rating: 'good' | 'bad' | null,
    reason: string | null,
  ): Promise<MessageView | null> {
    return (await this.database.once<MessageView>(ctx, RATE, [owner, messageId, rating, reason]))[0] ?? null;
  }

  async purge(ctx: CallContext, before: Date): Promise<number> {
    return (await this.database.once(ctx, PURGE, [before])).length;
  }
}
