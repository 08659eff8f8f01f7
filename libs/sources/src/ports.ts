import type { DocumentRow } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';

export interface IncomingFile {
  readonly sourceId: string;
  readonly collectionId: string;
  readonly folder: readonly string[];
  readonly fileName: string;
  readonly content: Buffer;
  /** The document that this is a new version of; it stays as it is until this one is ready. */
  readonly replaces: string | null;
}

export type Accepted =
  | { readonly documentId: string; readonly duplicate: boolean }
  | { readonly refused: { readonly code: string; readonly reason: string } };

export interface KeptDocument {
  readonly lineageId: string;
  /** All its versions. */
  readonly documentIds: readonly string[];
  /** `folder/file`, from the collection downwards. */
  readonly path: string;
}

/** The newest version of what was asked for. */
export interface DocumentStanding {
  readonly documentId: string;
  readonly title: string;
  readonly state: DocumentRow['state'];
  readonly reason: string | null;
}

/** What becomes of files: the document path and the store of documents, wired by the apps. */
export interface SourceDocuments {
  /** Whether files of this name can be read at all. */
  supports(fileName: string): boolean;
  accept(ctx: CallContext, file: IncomingFile): Promise<Accepted>;
  /** All that this source keeps. */
  owned(ctx: CallContext, sourceId: string): Promise<readonly KeptDocument[]>;
  place(
    ctx: CallContext,
    documentId: string,
    to: { readonly sourceId: string; readonly folder: readonly string[]; readonly fileName: string },
  ): Promise<boolean>;
  /** With all its versions; false where the source does not keep it. */
  remove(ctx: CallContext, documentId: string, sourceId: string): Promise<boolean>;
  handOver(ctx: CallContext, documentId: string, from: string, to: string | null): Promise<void>;
  /** All that this source keeps counts as uploaded from now on. */
  release(ctx: CallContext, sourceId: string): Promise<void>;
  /** How many documents of each source are not read to their end; sources without are missing. */
  underWay(ctx: CallContext): Promise<ReadonlyMap<string, number>>;
  states(ctx: CallContext, documentIds: readonly string[]): Promise<ReadonlyMap<string, DocumentStanding>>;
  /** False where its state does not allow it. */
  retry(ctx: CallContext, documentId: string): Promise<boolean>;
}

/** Resolves when the record is durable. */
export type SourceAudit = (
  ctx: CallContext,
  record: {
    readonly kind: 'source.sync' | 'source.removal' | 'document.delete' | 'document.move';
    readonly outcome: string;
    readonly detail: Record<string, string | number | boolean | null>;
  },
) => Promise<unknown>;
