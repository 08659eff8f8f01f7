import type { CallContext } from '@lorekeep/kit/context';
import { dominantLanguage } from '@lorekeep/kit/text';
import type { DocumentStore } from '@lorekeep/retrieval';
import type { Passage } from '../4-chunk/chunk-blocks.step.js';

/** Step 5: searchable with the commit, or not at all. False: the document was deleted meanwhile. */
export function indexDocument(
  ctx: CallContext,
  documentId: string,
  document: {
    title: string;
    pages: number | null;
    notes: readonly string[];
    passages: readonly Passage[];
  },
  store: DocumentStore,
): Promise<boolean> {
  const sample = document.passages.slice(0, 20).map((passage) => passage.content.slice(0, 200));
  return store.finish(ctx, documentId, { ...document, language: dominantLanguage(sample.join('\n')) });
}
