import type { RefusalEvent } from '@lorekeep/contracts';
import type { MessageView } from '@lorekeep/conversations';
import type { DraftView } from '@lorekeep/drafts';
import type { CallContext } from '@lorekeep/kit/context';
import { Refusal } from '@lorekeep/kit/errors';
import type { Documents } from '@lorekeep/retrieval';
import { refusalEvent } from './to-ask-event.js';

type Readable = Pick<Documents, 'readableAmong'>;
type Shown = Pick<
  MessageView | DraftView,
  'content' | 'citations' | 'documentIds' | 'marks' | 'refusal' | 'reference'
> &
  Partial<Pick<MessageView, 'suggestion'>>;

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
    [...sources.flat(), ...rows.flatMap(({ suggestion }) => suggestion?.documentIds ?? [])].filter(
      (id) => id !== null,
    ),
  );
  return rows.map((whole, at) => {
    const row = withoutHidden(whole, readable);
    // A source that names no document cannot be checked, and so is none that may be shown.
    if (sources[at]?.every((id) => id !== null && readable.has(id))) return row;
    const refusal: RefusalEvent = refusalEvent(withdrawn(ctx), row.reference ?? '');
    return { ...row, ...suggestionGone(row), content: '', citations: [], marks: [], refusal, ...end };
  });
}

const suggestionGone = (row: Shown): Partial<Shown> => (row.suggestion ? { suggestion: null } : {});

/** The words of a suggestion are those of documents; where they are from nowhere, that cannot be checked. */
function withoutHidden<T extends Shown>(row: T, readable: ReadonlySet<string>): T {
  if (!row.suggestion) return row;
  const ids = row.suggestion.documentIds;
  return ids.length > 0 && ids.every((id) => readable.has(id)) ? row : { ...row, ...suggestionGone(row) };
}

/** As it goes out: what else an answer was given is no business of the page. */
export function withoutSources<T extends Shown>({ documentIds: _, ...row }: T): Omit<T, 'documentIds'> {
  return row;
}

/** The same of a message, whose suggestion goes out as its text. */
export function asShown(message: MessageView) {
  return { ...withoutSources(message), suggestion: message.suggestion?.text ?? null };
}

function documentOf(citation: unknown): string | null {
  const id =
    typeof citation === 'object' && citation !== null && 'documentId' in citation && citation.documentId;
  return typeof id === 'string' ? id : null;
}
