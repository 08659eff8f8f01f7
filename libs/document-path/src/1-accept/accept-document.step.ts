import { createHash } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';
import type { Refusal } from '@lorekeep/kit/errors';
import { enqueueJob } from '@lorekeep/kit/jobs';
import type { DocumentStore } from '@lorekeep/retrieval';
import { documentRefusal, UnreadableDocument } from '../document-path.errors.js';
import type { DocumentAudit, DocumentRecord } from '../ports.js';
import { cleanFileName, titleOf } from './clean-name.js';
import { readLimited } from './read-limited.js';
import { MEDIA_TYPES, sniffFormat } from './sniff-format.js';

export const INGEST_TASK = 'ingest';
/** A worker that dies, a database that restarts: tried again; what the file itself causes is not a failure. */
export const INGEST_ATTEMPTS = 5;

export interface IncomingDocument {
  readonly collectionId: string;
  readonly fileName: string;
  readonly content: AsyncIterable<Uint8Array> | Uint8Array;
  /** The folder that it is put into, where it is known by its id. */
  readonly folderId?: string | undefined;
  /** Names of the folders that it is in; missing ones are made. */
  readonly folder?: readonly string[];
  /** The source that brings it. */
  readonly sourceId?: string;
  /** The document that this is a new version of: it stays searchable until this one is. */
  readonly replaces?: string;
}

export interface AcceptedDocument {
  readonly documentId: string;
  /** The same content was there already: nothing was added. */
  readonly duplicate: boolean;
}

/**
 * Step 1: takes a file in, if it is what its name says; the job that reads it is added in the same transaction.
 * For those who hold `documents.write`; the door has checked it.
 */
export class AcceptDocument {
  constructor(
    private readonly store: DocumentStore,
    private readonly audit: DocumentAudit,
    private readonly limits: { DOCUMENT_MAX_BYTES: number },
  ) {}

  async run(ctx: CallContext, incoming: IncomingDocument): Promise<AcceptedDocument | Refusal> {
    const fileName = cleanFileName(incoming.fileName);
    if (!fileName) return documentRefusal('DOCUMENT_NAME_INVALID');
    let content: Buffer;
    try {
      content = await readLimited(incoming.content, this.limits.DOCUMENT_MAX_BYTES, ctx.signal);
    } catch (cause) {
      if (!(cause instanceof UnreadableDocument)) throw cause;
      const limit = this.limits.DOCUMENT_MAX_BYTES;
      return cause.code === 'DOCUMENT_TOO_LARGE'
        ? documentRefusal(cause.code, `The limit is ${megabytes(limit)} MB.`, { limitBytes: limit })
        : documentRefusal(cause.code);
    }
    const sniffed = sniffFormat(fileName, content);
    if ('code' in sniffed) return documentRefusal(sniffed.code, sniffed.detail);
    const sha256 = createHash('sha256').update(content).digest();
    const document = {
      id: crypto.randomUUID(),
      collectionId: incoming.collectionId,
      title: titleOf(fileName),
      fileName,
      mediaType: MEDIA_TYPES[sniffed.format],
      content,
      sha256,
      folderId: incoming.folderId,
      folder: incoming.folder,
      sourceId: incoming.sourceId,
      replaces: incoming.replaces,
    };
    // Before the transaction: waiting for the record inside would hold a connection that the record may need.
    await this.audit(ctx, {
      kind: 'document.received',
      detail: {
        documentId: document.id,
        collectionId: document.collectionId,
        fileName,
        bytes: content.length,
        sha256: sha256.toString('hex'),
        ...(incoming.folderId ? { folderId: incoming.folderId } : {}),
        ...(incoming.sourceId ? { sourceId: incoming.sourceId } : {}),
        ...(incoming.replaces ? { replaces: incoming.replaces } : {}),
      },
    });
    const accepted = await this.store.transaction(ctx, async (tx) => {
      const received = await this.store.receive(tx, ctx, document);
      if (received && !received.duplicate) {
        const payload = { tenantId: ctx.tenantId, documentId: document.id };
        await enqueueJob(tx, INGEST_TASK, payload, {
          key: `ingest:${document.id}`,
          attempts: INGEST_ATTEMPTS,
        });
      }
      return received;
    });
    if (!accepted || accepted.duplicate) await this.notTaken(ctx, document.id, accepted);
    return accepted ?? documentRefusal('DOCUMENT_COLLECTION_MISSING');
  }

  /** What was recorded as received came to nothing. */
  private notTaken(ctx: CallContext, documentId: string, duplicate: AcceptedDocument | null) {
    const detail: DocumentRecord['detail'] = duplicate
      ? { documentId, duplicateOf: duplicate.documentId }
      : { documentId, code: 'DOCUMENT_COLLECTION_MISSING' };
    return this.audit(ctx, { kind: 'document.received', outcome: 'refused', detail });
  }
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0);
