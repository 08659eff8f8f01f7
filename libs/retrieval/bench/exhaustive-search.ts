import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { questionTerms } from '../src/question-terms.js';
import { decodeDirectory, decodeList, findInBlock, termKey } from '../src/segment-codec.js';

interface Posting {
  readonly numbers: Uint32Array;
  readonly frequencies: Uint8Array;
}

/** BM25 of every passage that has a term of the question, nothing left out and nothing kept but directories. */
export class ExhaustiveSearch {
  private constructor(
    private readonly database: Database,
    private readonly ctx: CallContext,
    private readonly segments: readonly string[],
    private readonly lengths: Uint16Array,
    /** Index of the document by passage number; -1: not searchable. */
    private readonly documents: Int32Array,
    private readonly ids: readonly string[],
    private readonly firsts: readonly number[],
  ) {}

  static async load(database: Database, ctx: CallContext): Promise<ExhaustiveSearch> {
    const all = { access: 'all' } as const;
    const rows = await database.once<{ id: string; directory: Buffer }>(
      ctx,
      'select id, directory from segment',
      [],
      all,
    );
    const alive = await database.once<{ id: string; first: string }>(
      ctx,
      `select id, first_passage as first from document
        where state = 'ready' and deleted_at is null and replaced_at is null and first_passage is not null`,
      [],
      all,
    );
    const firstOf = new Map(alive.map(({ id, first }) => [id, Number(first)]));
    const places = rows.flatMap(({ directory }) => decodeDirectory(directory));
    const size = Math.max(0, ...places.map(({ first, lengths }) => first + lengths.length));
    const lengths = new Uint16Array(size);
    const documents = new Int32Array(size).fill(-1);
    const living = places.filter(({ documentId, first }) => firstOf.get(documentId) === first);
    living.forEach((place, index) => {
      lengths.set(place.lengths, place.first);
      documents.fill(index, place.first, place.first + place.lengths.length);
    });
    return new ExhaustiveSearch(
      database,
      ctx,
      rows.map(({ id }) => id),
      lengths,
      documents,
      living.map(({ documentId }) => documentId),
      living.map(({ first }) => first),
    );
  }

  /** Keys `document/ordinal`, best first, of documents for which `may` says yes. */
  async search(text: string, k: number, may: (documentId: string) => boolean): Promise<string[]> {
    const scores = new Float64Array(this.lengths.length);
    const { passages, average } = this.statistics();
    for (const term of questionTerms(text)) {
      const lists = await this.listsOf(term);
      const frequency = lists.reduce(
        (sum, { numbers }) => sum + numbers.filter((n) => this.isAlive(n)).length,
        0,
      );
      const idf = Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
      for (const { numbers, frequencies } of lists)
        numbers.forEach((number, i) => {
          const f = frequencies[i] ?? 0;
          const part = (idf * 2.2 * f) / (f + 1.2 * (0.25 + (0.75 * (this.lengths[number] ?? 0)) / average));
          if (this.isAlive(number))
            scores[number] = (scores[number] ?? 0) + Math.round(part * 2 ** 40) / 2 ** 40;
        });
    }
    const found: number[] = [];
    scores.forEach((score, number) => {
      if (score > 0 && may(this.ids[this.documents[number] ?? -1] ?? '')) found.push(number);
    });
    found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    return found.slice(0, k).map((number) => {
      const document = this.documents[number] ?? -1;
      return `${this.ids[document]}/${number - (this.firsts[document] ?? 0)}`;
    });
  }

  private isAlive(number: number): boolean {
    return (this.documents[number] ?? -1) >= 0;
  }

  private statistics(): { passages: number; average: number } {
    let passages = 0;
    let terms = 0;
    this.lengths.forEach((length, number) => {
      if (!this.isAlive(number)) return;
      passages++;
      terms += length;
    });
    return { passages, average: terms / passages };
  }

  private async listsOf(term: string): Promise<Posting[]> {
    const lists: Posting[] = [];
    for (const segment of this.segments) {
      const [row] = await this.database.once<{ data: Buffer }>(
        this.ctx,
        'select data from posting_block where segment_id = $1 and first_term <= $2 order by first_term desc limit 1',
        [segment, termKey(term)],
        { access: 'all' },
      );
      const found = row && findInBlock(row.data, term);
      if (found) lists.push(decodeList(found.bytes, found.count));
    }
    return lists;
  }
}
