import { DamagedSegment, type DirectoryColumns } from '../segment-codec.js';
import { lengthNorm, type LengthNorm } from './bm25.js';
import { countWithin, NO_POSTINGS, readPostings, type PostingList } from './posting-list.js';
import { PassageWindows } from './passage-windows.js';
import { Scopes } from './scopes.js';
import type { SegmentView } from './segment-view.js';
import type { DocumentChange } from './read-state.js';

/** A document as its row says, and where it is searchable. */
interface DocumentEntry {
  readonly id: string;
  /** Number of its first passage; -1: not to be searched. */
  first: number;
  scope: number;
  /** The segment that its passages are searched in; null: not searchable. */
  segment: SegmentView | null;
  passages: number;
}

/** Memory of a document with its id. */
const DOCUMENT_BYTES = 260;

/**
 * What a search knows of one tenant: which passages are searchable, in which scope, and their statistics. It changes
 * from one snapshot of the database to a later one, at once.
 */
export class TenantIndex {
  readonly windows = new PassageWindows();
  readonly scopes = new Scopes();
  readonly segments = new Map<string, SegmentView>();
  /** Searchable passages, and their length in all. */
  passages = 0;
  terms = 0;
  private readonly documents: DocumentEntry[] = [];
  private readonly byId = new Map<string, number>();
  private segmentBytes = 0;
  /** Documents that are searchable. */
  private shown = 0;

  get bytes(): number {
    return (
      2_000 +
      this.windows.bytes +
      this.documents.length * DOCUMENT_BYTES +
      this.scopes.bytes +
      this.segmentBytes
    );
  }

  /** Rows of documents that are gone outweigh the others: reading everything anew is cheaper than keeping them. */
  get mostlyGone(): boolean {
    return this.documents.length > 10_000 && this.shown * 3 < this.documents.length;
  }

  get norm(): LengthNorm & { readonly average: number } {
    const average = this.passages > 0 ? this.terms / this.passages : 1;
    return { ...lengthNorm(average), average };
  }

  /** Where a passage is: its document, and its place in it. */
  placeOf(number: number): { documentId: string; first: number; ordinal: number } {
    const document = this.documents[this.windows.documentOf(number)];
    if (!document) throw new DamagedSegment('a posting of a passage that no directory has');
    return { documentId: document.id, first: document.first, ordinal: number - document.first };
  }

  change({ documentId, first, accessId, collectionId }: DocumentChange): void {
    const index = this.indexOf(documentId);
    const document = this.documents[index] as DocumentEntry;
    this.hide(document);
    document.first = first;
    document.scope = first < 0 ? 0 : this.scopes.indexOf(accessId, collectionId);
    if (first < 0 || this.windows.documentOf(first) !== index) return;
    for (const segment of this.segments.values()) {
      const at = segment.find(first);
      if (at >= 0) return this.show(document, segment, segment.directory.passages[at] as number);
    }
  }

  add(
    segment: SegmentView,
    { documentIds, lengths }: Pick<DirectoryColumns, 'documentIds' | 'lengths'>,
  ): void {
    const { first, passages } = segment.directory;
    this.segments.set(segment.id, segment);
    this.segmentBytes += segment.bytes;
    let at = 0;
    documentIds.forEach((id, i) => {
      const count = passages[i] as number;
      const index = this.indexOf(id);
      const document = this.documents[index] as DocumentEntry;
      this.windows.enter(index, first[i] as number, lengths.subarray(at, at + count));
      at += count;
      if (document.first !== first[i]) return;
      // Merged: the same numbers, in another segment.
      if (document.segment) document.segment = segment;
      else this.show(document, segment, count);
    });
  }

  remove(segment: SegmentView): void {
    const { first, passages } = segment.directory;
    this.segments.delete(segment.id);
    this.segmentBytes -= segment.bytes;
    segment.lists.clear();
    for (let i = 0; i < first.length; i++) {
      const document = this.documents[this.windows.documentOf(first[i] as number)];
      if (document?.segment === segment && document.first === first[i]) this.hide(document);
      this.windows.leave(first[i] as number, passages[i] as number);
    }
  }

  /** Posting list out of the cache, its count of searchable passages brought up to date. */
  listOf(segment: SegmentView, term: string): PostingList | undefined {
    const list = segment.lists.get(term);
    if (list) return this.refresh(segment, list);
    if (!segment.blocks) return undefined;
    const found = segment.findTerm(term);
    return found ? this.keep(segment, term, found) : { ...NO_POSTINGS, changes: 0 };
  }

  /** Puts what was fetched into the cache. */
  keep(
    segment: SegmentView,
    term: string,
    found: { readonly count: number; readonly bytes: Uint8Array } | null,
  ): PostingList {
    const changes = segment.changeCount;
    const list = found
      ? readPostings(found.bytes, found.count, this.windows, this.norm, changes)
      : { ...NO_POSTINGS, changes };
    segment.lists.set(term, list);
    return list;
  }

  /** Undefined: so old that it must be read anew. */
  refresh(segment: SegmentView, list: PostingList): PostingList | undefined {
    if (list.changes < segment.forgotten) return undefined;
    for (let at = list.changes - segment.forgotten; at < segment.changes.length; at++) {
      const change = segment.changes[at];
      if (change) list.alive += change.sign * countWithin(list, change.first, change.count);
    }
    list.changes = segment.changeCount;
    return list;
  }

  private indexOf(documentId: string): number {
    let index = this.byId.get(documentId);
    if (index === undefined) {
      index = this.documents.length;
      this.documents.push({ id: documentId, first: -1, scope: 0, segment: null, passages: 0 });
      this.byId.set(documentId, index);
    }
    return index;
  }

  private show(document: DocumentEntry, segment: SegmentView, passages: number): void {
    document.segment = segment;
    document.passages = passages;
    this.shown++;
    this.passages += passages;
    this.terms += this.windows.setScope(document.first, passages, document.scope);
    segment.note(document.first, passages, 1);
  }

  private hide(document: DocumentEntry): void {
    const { segment, first, passages } = document;
    if (!segment) return;
    document.segment = null;
    this.shown--;
    this.passages -= passages;
    this.terms -= this.windows.setScope(first, passages, 0);
    segment.note(first, passages, -1);
  }
}
