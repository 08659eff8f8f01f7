import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { ALIVE, waitForIndex } from './hold-index.js';
import { ANALYZER_VERSION } from './passage-terms.js';
import type { DirectoryDocument } from './segment-codec.js';
import {
  Places,
  verifyBlocks,
  verifyDirectory,
  verifyPassages,
  type Finding,
  type IndexedDocument,
  type StoredDocument,
  type StoredSegment,
} from './verify-segment.js';

export interface IndexVerification {
  readonly segments: number;
  readonly documents: number;
  readonly passages: number;
  /** Documents that wait to be indexed, or indexed again by this version of the analyzer; no damage. */
  readonly waiting: number;
  /** One sentence each, the first FINDINGS_MAX of them. */
  readonly findings: readonly string[];
  readonly findingsTotal: number;
}

/** `done` of `total` passages. */
export type VerifyProgress = (done: number, total: number) => void;

/** A broken index would otherwise fill the memory with sentences. */
export const FINDINGS_MAX = 100;

interface Range {
  readonly first: number;
  readonly end: number;
  readonly documentId: string;
}

/**
 * Compares a tenant's index with its passages. Merges and rebuilds wait meanwhile; documents may come, change and go:
 * what changed is not judged. Memory: the documents' rows, and the fingerprints of one segment.
 */
export class VerifyIndex {
  constructor(private readonly database: Database) {}

  run(ctx: CallContext, progress: VerifyProgress = () => undefined): Promise<IndexVerification> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        await waitForIndex(tx, ctx.signal);
        return new Verification(ctx, tx, progress).run();
      },
      { access: 'all' },
    );
  }
}

class Verification {
  private readonly found: { sentence: string; documentId: string | undefined }[] = [];
  private foundTotal = 0;
  private documents = new Map<string, StoredDocument>();
  private readonly ranges: Range[] = [];
  private readonly seen = new Set<string>();
  private done = 0;
  private total = 0;

  constructor(
    private readonly ctx: CallContext,
    private readonly tx: Tx,
    private readonly progress: VerifyProgress,
  ) {}

  async run(): Promise<IndexVerification> {
    const { segments, documents, next } = await stateOf(this.tx);
    this.documents = new Map(documents.map((document) => [document.id, document]));
    const indexed = documents.filter(({ first }) => first !== null);
    this.total = indexed.reduce((sum, { passages }) => sum + passages, 0);
    for (const segment of segments) await this.verifySegment(segment);
    for (const { id, passages } of indexed)
      if (passages > 0 && !this.seen.has(id))
        this.say(`Document ${id} is in no segment under its numbers.`, id);
    this.verifyRanges(next);
    const findings = await this.stillTrue();
    return {
      segments: segments.length,
      documents: documents.length,
      passages: this.total,
      waiting: documents.filter(({ first, current }) => first === null || !current).length,
      findings,
      findingsTotal: this.foundTotal > FINDINGS_MAX ? this.foundTotal : findings.length,
    };
  }

  private readonly say: Finding = (sentence, documentId) => {
    this.foundTotal++;
    if (this.found.length < FINDINGS_MAX) this.found.push({ sentence, documentId });
  };

  private async verifySegment(segment: StoredSegment): Promise<void> {
    const directory = await verifyDirectory(this.tx, segment, this.say);
    const places = new Places(directory);
    const hashes = await verifyBlocks(this.tx, segment, places, this.say);
    const indexed = directory.flatMap((entry) => this.livePart(segment, entry));
    await verifyPassages(
      this.tx,
      indexed,
      { places, hashes },
      {
        say: this.say,
        done: async (passages) => {
          this.done += passages;
          this.progress(Math.min(this.done, this.total), this.total);
          this.ctx.signal.throwIfAborted();
          await nextTurn();
        },
      },
    );
  }

  private livePart(
    segment: StoredSegment,
    { documentId, first, lengths }: DirectoryDocument,
  ): IndexedDocument[] {
    if (lengths.length > 0) this.ranges.push({ first, end: first + lengths.length, documentId });
    const document = this.documents.get(documentId);
    if (!document || document.first !== first) return [];
    if (this.seen.has(documentId))
      this.say(`Document ${documentId} is in a second segment too, ${segment.id}.`, documentId);
    this.seen.add(documentId);
    // The terms of another analyzer are not ours to compute.
    return document.current ? [{ document, lengths }] : [];
  }

  private verifyRanges(next: number): void {
    this.ranges.sort((a, b) => a.first - b.first);
    this.ranges.forEach((range, i) => {
      const before = this.ranges[i - 1];
      if (before && before.end > range.first)
        this.say(`Documents ${before.documentId} and ${range.documentId} have passage numbers in common.`);
    });
    const end = this.ranges.at(-1)?.end ?? 0;
    if (end > next)
      this.say(`Passage number ${end - 1} is in use, but only those below ${next} were given out.`);
  }

  /** Without what is said of documents that have changed or gone since. */
  private async stillTrue(): Promise<string[]> {
    const ids = [...new Set(this.found.flatMap(({ documentId }) => documentId ?? []))];
    const rows = await this.tx.query<{ id: string; changedIn: string; title: string }>(
      'select id, changed_in as "changedIn", title from document where id = any ($1::uuid[])',
      [ids],
    );
    const unchanged = new Set(
      rows
        .filter(({ id, changedIn, title }) => {
          const known = this.documents.get(id);
          return known?.changedIn === changedIn && known.title === title;
        })
        .map(({ id }) => id),
    );
    return this.found
      .filter(({ documentId }) => documentId === undefined || unchanged.has(documentId))
      .map(({ sentence }) => sentence);
  }
}

/** Segments and live documents in one statement, that is: of one moment. */
async function stateOf(
  tx: Tx,
): Promise<{ segments: StoredSegment[]; documents: StoredDocument[]; next: number }> {
  const rows = await tx.query<StoredDocument & { segment: StoredSegment | null; next: string }>(
    `select to_jsonb(s) as segment, null::uuid as id, null as title, null::float8 as first, 0 as passages,
            0::float8 as terms, false as current, null::bigint as "changedIn",
            coalesce((select next from passage_number where tenant_id = app_tenant()), 0) as next
       from (select null as none) one
       left join (select id, passages, terms::text, bytes::text from segment where tenant_id = app_tenant()) s on true
     union all
     select null, d.id, d.title, d.first_passage::float8, d.passages, d.terms::float8, d.analyzer = ${ANALYZER_VERSION},
            d.changed_in, 0
       from document d where d.tenant_id = app_tenant() and ${ALIVE}`,
  );
  return {
    segments: rows.flatMap(({ segment }) => segment ?? []),
    documents: rows.filter(({ id }) => id !== null),
    next: rows.reduce((most, { next }) => Math.max(most, Number(next)), 0),
  };
}
