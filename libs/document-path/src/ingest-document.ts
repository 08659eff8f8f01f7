import type { CallContext } from '@lorekeep/kit/context';
import type { DocumentStore, StoredFile } from '@lorekeep/retrieval';
import { titleOf } from './1-accept/clean-name.js';
import { sniffFormat } from './1-accept/sniff-format.js';
import { keptNotes } from './2-parse/kept-notes.js';
import type { ParsedDocument } from './2-parse/parsed-document.js';
import type { ParserPool } from './2-parse/parser-pool.js';
import { describeFinding, placeOfFinding } from './3-screen/describe-finding.js';
import { screenDocument, type Finding, type Screening } from './3-screen/screen-document.step.js';
import { chunkBlocks } from './4-chunk/chunk-blocks.step.js';
import { indexDocument } from './5-index/index-document.step.js';
import { recordOutcome } from './6-audit/record-outcome.step.js';
import { sentence, UnreadableDocument, type DocumentCode } from './document-path.errors.js';
import type { DocumentAudit, DocumentScreen } from './ports.js';

export type IngestOutcome =
  | {
      readonly state: 'ready';
      readonly passages: number;
      readonly pages: number | null;
      readonly flagged: readonly string[];
      /** Shadow mode let it through: what it would have been quarantined for, where. */
      readonly shadow?: string;
      /** What was left out, in sentences. */
      readonly notes: readonly string[];
    }
  | Held
  /** Deleted before or meanwhile. */
  | { readonly state: 'gone' };

interface Held {
  readonly state: 'refused' | 'quarantined';
  readonly code: DocumentCode;
  readonly reason: string;
  /** What was found, with words of the document: for those who may release it, and not for the audit. */
  readonly findings?: readonly Finding[];
}

export type IngestProgress = (state: 'parsing' | 'screening' | 'indexing') => void;

export interface IngestPorts {
  readonly store: DocumentStore;
  readonly parsers: ParserPool;
  readonly screen: DocumentScreen;
  readonly audit: DocumentAudit;
}

interface Options {
  readonly onProgress?: IngestProgress;
  /** When the row began to say `parsing`. */
  readonly shown: number;
}

/** Nobody looks at the steps of a document that is through sooner; each would cost a transaction. */
const PROGRESS_AFTER_MS = 500;

/**
 * Steps 2 to 6 for one accepted document. May be run again at any point: every run begins anew and replaces what an
 * earlier one left. What the file causes ends as its state; what it does not (database, firewall, audit) is thrown.
 */
export class IngestDocument {
  constructor(private readonly ports: IngestPorts) {}

  async run(
    ctx: CallContext,
    documentId: string,
    options: { onProgress?: IngestProgress } = {},
  ): Promise<IngestOutcome> {
    ctx.signal.throwIfAborted();
    const file = await this.ports.store.begin(ctx, documentId);
    if (!file) return { state: 'gone' };
    options.onProgress?.('parsing');
    const shown = performance.now();
    try {
      return await this.take(ctx, documentId, file, { ...options, shown });
    } catch (cause) {
      if (!(cause instanceof UnreadableDocument)) throw cause;
      return this.refuse(ctx, documentId, {
        state: 'refused',
        code: cause.code,
        reason: sentence(cause.code, cause.detail),
      });
    }
  }

  /** Ends a document that failed for other reasons than its own too often. */
  giveUp(ctx: CallContext, documentId: string): Promise<IngestOutcome> {
    return this.refuse(ctx, documentId, {
      state: 'refused',
      code: 'DOCUMENT_FAILED',
      reason: sentence('DOCUMENT_FAILED'),
    });
  }

  private async take(
    ctx: CallContext,
    documentId: string,
    file: StoredFile,
    options: Options,
  ): Promise<IngestOutcome> {
    const { store, screen, audit } = this.ports;
    const parsed = await this.parse(ctx, file);
    if (!(await this.advance(ctx, documentId, 'screening', options))) return { state: 'gone' };
    const screening: Screening = await screenDocument(ctx, { ...parsed, fileName: file.fileName }, screen);
    if (screening.quarantine && !file.released) return this.refuse(ctx, documentId, quarantineFor(screening));
    if (!(await this.advance(ctx, documentId, 'indexing', options))) return { state: 'gone' };
    const title = titleOf(file.fileName, parsed.title);
    const passages = chunkBlocks(parsed.blocks, title);
    if (passages.length === 0) throw new UnreadableDocument('DOCUMENT_NO_TEXT');
    const notes = keptNotes(parsed.notes);
    const outcome: IngestOutcome = {
      state: 'ready',
      passages: passages.length,
      pages: parsed.pages,
      flagged: screening.categories,
      ...(screening.shadow && !file.released && { shadow: foundIn(screening) }),
      notes,
    };
    await recordOutcome(ctx, documentId, outcome, audit);
    const indexed = await indexDocument(
      ctx,
      documentId,
      { title, pages: parsed.pages, notes, passages },
      store,
    );
    return indexed ? outcome : { state: 'gone' };
  }

  private parse(ctx: CallContext, file: StoredFile): Promise<ParsedDocument> {
    // The name has not changed since the door looked; a newer version may know more than the one that accepted it.
    const sniffed = sniffFormat(file.fileName, file.content);
    if ('code' in sniffed) throw new UnreadableDocument(sniffed.code, sniffed.detail);
    return this.ports.parsers.parse(sniffed.format, file.content, ctx.signal);
  }

  private async advance(
    ctx: CallContext,
    documentId: string,
    state: 'screening' | 'indexing',
    { onProgress, shown }: Options,
  ): Promise<boolean> {
    ctx.signal.throwIfAborted();
    onProgress?.(state);
    if (performance.now() - shown < PROGRESS_AFTER_MS) return true;
    return this.ports.store.advance(ctx, documentId, state);
  }

  private async refuse(ctx: CallContext, documentId: string, verdict: Held): Promise<IngestOutcome> {
    await recordOutcome(ctx, documentId, verdict, this.ports.audit);
    const { state, code, reason, findings = [] } = verdict;
    const passages = new Map<string, string>();
    for (const finding of findings)
      for (const note of keptNotes([describeFinding(finding)])) passages.set(note, finding.passage ?? '');
    const kept = { state, code, reason, notes: [...passages.keys()], alarms: [...passages.values()] };
    return (await this.ports.store.refuse(ctx, documentId, kept)) ? verdict : { state: 'gone' };
  }
}

/** The reason says what kind of thing was found and where; the words are with the findings. */
function quarantineFor(screening: Screening): Held {
  return {
    state: 'quarantined',
    code: 'DOCUMENT_QUARANTINED',
    reason: sentence('DOCUMENT_QUARANTINED', foundIn(screening)),
    findings: screening.findings,
  };
}

/** Where the first of it stands, what nobody sees before the rest, and of which kinds it is. */
function foundIn({ categories, findings }: Screening): string {
  const [first] = findings.toSorted(
    (one, other) => Number(other.hidden !== null) - Number(one.hidden !== null),
  );
  const place = first ? placeOfFinding(first) : '';
  return `${place} (${categories.join(', ')})`.trim();
}
