import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import {
  fillPage,
  isUuid,
  readListRequest,
  stillFound,
  type ListRequest,
  type ShownTexts,
} from '@lorekeep/kit/sql';
import { conversationError } from './conversations.errors.js';
import {
  ConversationRepository,
  type ConversationView,
  type FoundConversation,
  type MessageView,
  type NewMessage,
} from './store/conversation.repository.js';
import { TITLE_MAX } from './title-of.js';

/** One page load shows them all. */
export const MESSAGES_MAX = 1_000;
/** UTF-16 units of one message: above the longest answer a model may give. */
export const CONTENT_MAX = 400_000;
/** A suggestion is as long as a short question. */
export const SUGGESTION_MAX = 1_000;
const REASON_MAX = 2_000;
/** How long a deletion can be undone. */
export const DELETED_KEPT_MS = 30 * 24 * 3_600_000;

export interface ConversationPage {
  items: ConversationView[];
  /** Of the next page; null on the last. */
  cursor: string | null;
}

export interface ConversationWithMessages extends ConversationView {
  messages: MessageView[];
}

/** The history of one person. A missing id, another person's and another tenant's answer null alike. */
export class Conversations {
  private readonly conversations: ConversationRepository;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock = systemClock,
  ) {
    this.conversations = new ConversationRepository(database);
  }

  /**
   * Pinned ones first, then by last message, newest first. A search finds no word of an answer that `shownOf` leaves out
   * of it.
   */
  async list(
    ctx: CallContext,
    request: ListRequest = {},
    shownOf: ShownTexts = (texts) => Promise.resolve(texts),
  ): Promise<ConversationPage> {
    const wanted = readListRequest(request, invalid);
    const owner = ctx.caller.userId;
    if (owner === null) return { items: [], cursor: null };
    const { text, pattern } = wanted;
    const keep = async (rows: FoundConversation[]): Promise<FoundConversation[]> => {
      const unsure = rows.filter(({ own }) => !own).map(({ id }) => id);
      if (pattern === null || unsure.length === 0) return rows;
      const answers = await this.conversations.answersWith(ctx, unsure, pattern);
      const contents = answers.map(({ content }) => content);
      const still = await stillFound(text, contents, shownOf);
      const shown = new Set(answers.filter((_, at) => still[at]).map(({ conversationId }) => conversationId));
      return rows.filter(({ id, own }) => own || shown.has(id));
    };
    const { items, cursor } = await fillPage(
      wanted,
      (from, limit) => this.conversations.list(ctx, owner, from, pattern, limit),
      keep,
    );
    return { items: items.map(({ own: _, ...view }) => view), cursor };
  }

  async get(ctx: CallContext, id: string): Promise<ConversationWithMessages | null> {
    return this.own(ctx, id, (owner) =>
      this.database.transaction(ctx, async (tx) => {
        const conversation = await this.conversations.get(tx, owner, id);
        return conversation && { ...conversation, messages: await this.conversations.messages(tx, id) };
      }),
    );
  }

  /** An empty conversation, of a new id unless one is given. Throws CONVERSATION_NO_OWNER for callers who are nobody. */
  async create(ctx: CallContext, request: { title: string; id?: string }): Promise<ConversationView> {
    const owner = ctx.caller.userId;
    if (owner === null) throw conversationError('CONVERSATION_NO_OWNER');
    const { id = null } = request;
    if (id !== null && !isUuid(id)) throw conversationError('CONVERSATION_INVALID', 'id');
    return this.conversations.insert(ctx, owner, { id, title: readTitle(request.title) }, this.now());
  }

  /**
   * Adds messages at the end, all or none, in this order; appends at the same time follow one another.
   * Throws CONVERSATION_FULL beyond MESSAGES_MAX.
   */
  async append(ctx: CallContext, id: string, messages: readonly NewMessage[]): Promise<MessageView[] | null> {
    for (const [at, message] of messages.entries()) checkMessage(message, at);
    return this.own(ctx, id, (owner) =>
      this.database.transaction(ctx, (tx) => this.appendIn(tx, owner, id, messages)),
    );
  }

  /** Changes what is named; the place in the list stays. */
  async update(
    ctx: CallContext,
    id: string,
    change: { title?: string | undefined; pinned?: boolean | undefined },
  ): Promise<ConversationView | null> {
    const title = change.title === undefined ? null : readTitle(change.title);
    return this.own(ctx, id, (owner) =>
      this.conversations.update(ctx, owner, id, { title, pinned: change.pinned ?? null }),
    );
  }

  rename(ctx: CallContext, id: string, title: string): Promise<ConversationView | null> {
    return this.update(ctx, id, { title });
  }

  pin(ctx: CallContext, id: string, pinned: boolean): Promise<ConversationView | null> {
    return this.update(ctx, id, { pinned });
  }

  /** Gone from every list at once; `restore` undoes it for 30 days. */
  async remove(ctx: CallContext, id: string): Promise<ConversationView | null> {
    return this.own(ctx, id, (owner) => this.conversations.remove(ctx, owner, id, this.now()));
  }

  async restore(ctx: CallContext, id: string): Promise<ConversationView | null> {
    return this.own(ctx, id, (owner) => this.conversations.restore(ctx, owner, id));
  }

  /** Rates an answer; null takes the rating back. */
  async rate(
    ctx: CallContext,
    messageId: string,
    rating: 'good' | 'bad' | null,
    reason: string | null = null,
  ): Promise<MessageView | null> {
    if (reason !== null && !isReason(reason)) {
      throw conversationError('CONVERSATION_INVALID', 'reason');
    }
    const kept = rating === null ? null : reason;
    return this.own(ctx, messageId, (owner) => this.conversations.rate(ctx, owner, messageId, rating, kept));
  }

  /** For the worker: removes for good what was deleted long ago, of the whole tenant; returns how many. */
  purge(ctx: CallContext): Promise<number> {
    return this.conversations.purge(ctx, new Date(this.clock.now() - DELETED_KEPT_MS));
  }

  private async appendIn(
    tx: Tx,
    owner: string,
    id: string,
    messages: readonly NewMessage[],
  ): Promise<MessageView[] | null> {
    const last = await this.conversations.lock(tx, owner, id, this.now());
    if (last === null) return null;
    if (last + messages.length > MESSAGES_MAX) throw conversationError('CONVERSATION_FULL');
    const stored: MessageView[] = [];
    for (const [at, message] of messages.entries()) {
      stored.push(await this.conversations.append(tx, id, last + at + 1, message, this.now()));
    }
    return stored;
  }

  private async own<T>(
    ctx: CallContext,
    id: string,
    work: (owner: string) => Promise<T | null>,
  ): Promise<T | null> {
    const owner = ctx.caller.userId;
    return owner === null || !isUuid(id) ? null : work(owner);
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

function readTitle(title: string): string {
  const clean = title.trim();
  if (clean !== '' && clean.length <= TITLE_MAX && !/[\p{Cc}\p{Cs}]/u.test(clean)) return clean;
  throw conversationError('CONVERSATION_INVALID', 'title', `one line of 1 to ${TITLE_MAX} characters`);
}

function checkMessage(message: NewMessage, at: number): void {
  if (message.content.length > CONTENT_MAX) {
    throw conversationError(
      'CONVERSATION_INVALID',
      `messages.${at}.content`,
      `at most ${CONTENT_MAX} characters`,
    );
  }
  const suggested = message.suggestion?.text.length ?? 0;
  if (suggested > SUGGESTION_MAX) {
    throw conversationError(
      'CONVERSATION_INVALID',
      `messages.${at}.suggestion`,
      `at most ${SUGGESTION_MAX} characters`,
    );
  }
  if (message.id !== undefined && !isUuid(message.id)) {
    throw conversationError('CONVERSATION_INVALID', `messages.${at}.id`);
  }
}

function isReason(reason: string): boolean {
  return reason.length <= REASON_MAX && !reason.includes('\u0000') && !/\p{Cs}/u.test(reason);
}

const invalid = (path: string, message?: string) => conversationError('CONVERSATION_INVALID', path, message);
