import { Inject, Injectable } from '@nestjs/common';
import type { MessageView } from '@lorekeep/conversations';
import type { DraftView } from '@lorekeep/drafts';
import type { CallContext } from '@lorekeep/kit/context';
import { Documents } from '@lorekeep/retrieval';
import { ScanTables, scanText } from '@lorekeep/scanner';
import { scanDraft, scanMessage, type ShownDraft } from './scan-kept.js';
import { withdrawFromDrafts, withdrawFromMessages } from './withdraw-citations.js';

/**
 * Answers that were kept, as their owner may see them now: without what was written from documents that they may no longer
 * read, and scanned under the policy of today. What is stored stays. When either cannot be told, nothing is shown.
 */
@Injectable()
export class KeptAnswers {
  constructor(
    @Inject(Documents) private readonly documents: Pick<Documents, 'readableAmong'>,
    @Inject(ScanTables) private readonly tables: Pick<ScanTables, 'tableFor'>,
  ) {}

  async messages(ctx: CallContext, kept: readonly MessageView[]): Promise<MessageView[]> {
    const readable = await withdrawFromMessages(ctx, this.documents, kept);
    const table = await this.tables.tableFor(ctx);
    return readable.map((message) => scanMessage(table, message));
  }

  async drafts(ctx: CallContext, kept: readonly DraftView[]): Promise<ShownDraft[]> {
    const readable = await withdrawFromDrafts(ctx, this.documents, kept);
    const table = await this.tables.tableFor(ctx);
    return readable.map((draft) => scanDraft(table, draft));
  }

  /** Answers, as far as they may still be read, as they are shown now. */
  async texts(ctx: CallContext, kept: readonly string[]): Promise<string[]> {
    const table = await this.tables.tableFor(ctx);
    return kept.map((text) => scanText(table, text).text);
  }

  /** Nothing of the draft is withdrawn. */
  async isReadable(ctx: CallContext, draft: DraftView): Promise<boolean> {
    const [shown] = await withdrawFromDrafts(ctx, this.documents, [draft]);
    return shown === draft;
  }
}
