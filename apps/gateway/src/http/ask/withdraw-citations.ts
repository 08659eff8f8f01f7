import type { RefusalEvent } from '@lorekeep/contracts';
import type { MessageView } from '@lorekeep/conversations';
import type { DraftView } from '@lorekeep/drafts';
import type { CallContext } from '@lorekeep/kit/context';
import { Refusal } from '@lorekeep/kit/errors';
import type { Documents } from '@lorekeep/retrieval';
import { refusalEvent } from './to-ask-event.js';

type Readable = Pick<Documents, 'readableAmong'>;
type Shown = Pick<MessageView | DraftView, 'content' | 'citations' | 'documentIds' | 'refusal' | 'reference'>;

const TEXTS = {
  en: 'This answer rested on documents that you may no longer read.',
  zh: '此回答所依据的文档，您已无权查看。',
};

/**
 * Answers are kept, access is not: whatever was written from a document that the caller may not read now is shown without its
 * text and sources, cited or not: a model may have used what it does not name. What is stored stays, for access may come back. One statement for all; when it fails, nothing is
 * shown.
 */
export function withdrawFromMessages(
  ctx: CallContext,
  documents: Readable,
  messages: readonly MessageView[],
): Promise<MessageView[]> {
  return withdraw(ctx, documents, messages, { outcome: 'refused' });
}

/** The same of drafts; the customer's message stays. */
export function withdrawFromDrafts(
  ctx: CallContext,
  documents: Readable,
  drafts: readonly DraftView[],
): Promise<DraftView[]> {
  return withdraw(ctx, documents, drafts, { state: 'refused' });
}

export function withdrawn(ctx: CallContext): Refusal {
  const text = TEXTS[ctx.caller.locale];
  return new Refusal({ step: 'retrieval', code: 'RETRIEVAL_WITHDRAWN', status: 403, text });
}

async function withdraw<T extends Shown>(
  ctx: CallContext,
  documents: Readable,
  rows: readonly T[],
  end: Partial<T>,
): Promise<T[]> {
  const sources = rows.map(({ citations, documentIds }) => [...documentIds, ...citations.map(documentOf)]);
  const readable = await documents.readableAmong(
    ctx,
    sources.flat().filter((id) => id !== null),
  );
  return rows.map((row, at) => {
    // A source that names no document cannot be checked, and so is none that may be shown.
    if (sources[at]?.every((id) => id !== null && readable.has(id))) return row;
    const refusal: RefusalEvent = refusalEvent(withdrawn(ctx), row.reference ?? '');
    return { ...row, content: '', citations: [], refusal, ...end };
  });
}

/** As it goes out: what else an answer was given is no business of the page. */
export function withoutSources<T extends Shown>({ documentIds: _, ...row }: T): Omit<T, 'documentIds'> {
  return row;
}

function documentOf(citation: unknown): string | null {
  const id =
    typeof citation === 'object' && citation !== null && 'documentId' in citation && citation.documentId;
  return typeof id === 'string' ? id : null;
}
