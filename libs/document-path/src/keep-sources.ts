import { isRefusal } from '@lorekeep/kit/errors';
import type { SourcedDocuments } from '@lorekeep/retrieval';
import type { SourceDocuments } from '@lorekeep/sources';
import type { AcceptDocument } from './1-accept/accept-document.step.js';
import type { RestartDocument } from './1-accept/restart-document.js';
import { sniffFormat } from './1-accept/sniff-format.js';

const NOTHING = new Uint8Array(0);

/** What sources need of documents: files go the way of every upload. */
export function documentsOfSources(
  accept: AcceptDocument,
  restart: RestartDocument,
  sourced: SourcedDocuments,
): SourceDocuments {
  return {
    supports(fileName) {
      const sniffed = sniffFormat(fileName, NOTHING);
      return !('code' in sniffed) || sniffed.code !== 'DOCUMENT_TYPE_UNSUPPORTED';
    },
    async accept(ctx, { replaces, ...file }) {
      const outcome = await accept.run(ctx, replaces === null ? file : { ...file, replaces });
      return isRefusal(outcome) ? { refused: { code: outcome.code, reason: outcome.text } } : outcome;
    },
    owned: (ctx, sourceId) => sourced.owned(ctx, sourceId),
    place: (ctx, documentId, to) => sourced.place(ctx, documentId, to),
    remove: (ctx, documentId, sourceId) => sourced.remove(ctx, documentId, sourceId),
    handOver: (ctx, documentId, from, to) => sourced.handOver(ctx, documentId, from, to),
    release: (ctx, sourceId) => sourced.release(ctx, sourceId),
    underWay: (ctx) => sourced.underWay(ctx),
    states: (ctx, documentIds) => sourced.states(ctx, documentIds),
    retry: (ctx, documentId) => restart.retry(ctx, documentId),
  };
}
