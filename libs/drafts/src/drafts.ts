import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import {
  fillPage,
  isUuid,
  readListRequest,
  stillFound,
  type ListRequest,
  type ShownTexts,
} from '@lorekeep/kit/sql';
import { draftError } from './drafts.errors.js';
import {
  DraftRepository,
  type DraftState,
  type DraftView,
  type FoundDraft,
  type Written,
} from './store/draft.repository.js';

export const TONES = ['neutral', 'friendly', 'formal', 'brief'] as const;
export type Tone = (typeof TONES)[number];

/** UTF-16 units; as long as a question may be. */
export const CUSTOMER_MESSAGE_MAX = 32_000;
/** UTF-16 units of a reply that a person edits. */
export const CONTENT_MAX = 100_000;
/** A writing that has not ended after this has lost its process. */
export const WRITING_MAX_MS = 60 * 60_000;

/** Which states a state may follow. */
const BEFORE: Record<Exclude<DraftState, 'approved'>, readonly DraftState[]> = {
  writing: ['draft', 'refused', 'failed'],
  draft: ['writing', 'approved', 'draft'],
  refused: ['writing'],
  failed: ['writing'],
};

export interface DraftListRequest extends ListRequest {
  state?: DraftState | undefined;
}

export interface DraftPage {
  items: DraftView[];
  /** Of the next page; null on the last. */
  cursor: string | null;
}

/**
 * Replies to customers in the making; nothing is sent from here. A missing id, another person's and another
 * tenant's answer null alike.
 */
export class Drafts {
  private readonly drafts: DraftRepository;

  constructor(
    database: Database,
    private readonly clock: Clock = systemClock,
  ) {
    this.drafts = new DraftRepository(database);
  }

  /** Begins a draft, in state `writing`. */
  async create(
    ctx: CallContext,
    request: { customerMessage: string; tone?: Tone; reference?: string | null },
  ): Promise<DraftView> {
    const owner = ctx.caller.userId;
    if (owner === null) throw draftError('DRAFT_NO_OWNER');
    const { customerMessage, tone = 'neutral', reference = null } = request;
    if (customerMessage.trim() === '')
      throw draftError('DRAFT_INVALID', 'customerMessage', 'must not be empty');
    checkText('customerMessage', customerMessage, CUSTOMER_MESSAGE_MAX);
    if (!TONES.includes(tone)) throw draftError('DRAFT_INVALID', 'tone');
    return this.drafts.insert(ctx, owner, { customerMessage, tone, reference }, this.now());
  }

  /** Newest change first. A search finds no word of a reply that `shownOf` leaves out of it. */
  async list(
    ctx: CallContext,
    request: DraftListRequest = {},
    shownOf: ShownTexts = (texts) => Promise.resolve(texts),
  ): Promise<DraftPage> {
    const wanted = readListRequest(request, invalid);
    const owner = ctx.caller.userId;
    if (owner === null) return { items: [], cursor: null };
    const { text, pattern } = wanted;
    const keep = async (rows: FoundDraft[]): Promise<FoundDraft[]> => {
      const unsure = rows.filter(({ own }) => !own);
      const contents = unsure.map(({ content }) => content);
      const still = await stillFound(text, contents, shownOf);
      const gone = new Set(unsure.filter((_, at) => !still[at]));
      return rows.filter((row) => !gone.has(row));
    };
    const { items, cursor } = await fillPage(
      wanted,
      (from, limit) => this.drafts.list(ctx, owner, from, { pattern, state: request.state ?? null }, limit),
      keep,
    );
    return { items: items.map(({ own: _, ...view }) => view), cursor };
  }

  async get(ctx: CallContext, id: string): Promise<DraftView | null> {
    return this.own(ctx, id, (owner) => this.drafts.get(ctx, owner, id));
  }

  /** A person's edit: what was approved is a draft again. Throws DRAFT_STATE while it is being written. */
  async update(ctx: CallContext, id: string, change: { content: string }): Promise<DraftView | null> {
    checkText('content', change.content, CONTENT_MAX);
    return this.own(ctx, id, async (owner) => {
      const updated = await this.drafts.update(ctx, owner, id, change.content, this.now());
      return updated ?? this.explain(ctx, owner, id);
    });
  }

  /**
   * The next state, with what the writing came to. writing: draft, refused or failed; draft: writing again;
   * approved: draft; refused and failed: writing again. Anything else throws DRAFT_STATE.
   */
  async setState(
    ctx: CallContext,
    id: string,
    to: keyof typeof BEFORE,
    written: Written = {},
  ): Promise<DraftView | null> {
    return this.own(ctx, id, async (owner) => {
      const step = { from: BEFORE[to], to, written };
      const changed = await this.drafts.setState(ctx, owner, id, step, this.now());
      return changed ?? this.explain(ctx, owner, id);
    });
  }

  /**
   * Approves a draft as it was `seen` and judged, with a last edit or without. Throws DRAFT_CHANGED when it is no
   * longer so, DRAFT_STATE when it is no text that can be approved.
   */
  async approve(ctx: CallContext, seen: DraftView, content = seen.content): Promise<DraftView | null> {
    checkText('content', content, CONTENT_MAX);
    return this.own(ctx, seen.id, async (owner) => {
      const approved = await this.drafts.approve(ctx, owner, seen, content, this.now());
      if (approved) return approved;
      const state = (await this.drafts.get(ctx, owner, seen.id))?.state;
      if (state === undefined) return null;
      throw draftError(state === 'draft' || state === 'approved' ? 'DRAFT_CHANGED' : 'DRAFT_STATE');
    });
  }

  async remove(ctx: CallContext, id: string): Promise<DraftView | null> {
    return this.own(ctx, id, (owner) => this.drafts.remove(ctx, owner, id));
  }

  /** For the worker: drafts of the tenant whose writing nobody ended count as failed; returns how many. */
  failAbandoned(ctx: CallContext): Promise<number> {
    const now = this.clock.now();
    return this.drafts.failAbandoned(ctx, new Date(now - WRITING_MAX_MS), new Date(now));
  }

  private async explain(ctx: CallContext, owner: string, id: string): Promise<null> {
    if (await this.drafts.get(ctx, owner, id)) throw draftError('DRAFT_STATE');
    return null;
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

function checkText(path: string, text: string, maximum: number): void {
  if (text.length > maximum) throw draftError('DRAFT_INVALID', path, `at most ${maximum} characters`);
  if (text.includes('\u0000') || /\p{Cs}/u.test(text)) {
    throw draftError('DRAFT_INVALID', path, 'must not contain NUL or unpaired surrogates');
  }
}

const invalid = (path: string, message?: string) => draftError('DRAFT_INVALID', path, message);
