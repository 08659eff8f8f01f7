// Quality of the analyzer alone: BM25 in memory over its terms, no index and no database, in a minute for all sets.
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/retrieval/bench/terms.bench.ts [--record] FOLDER…
// FOLDER: corpus.jsonl, queries.jsonl, qrels.tsv. With --record also writes bench/record/terms.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { analyze, ANALYZER_VERSION } from '@lorekeep/kit/text';
import { measureRanking } from '../src/measure-ranking.js';
import { questionTerms } from '../src/question-terms.js';

const K1 = 1.2;
const B = 0.75;
const DEPTH = 100;

/** BM25 as Lucene computes it; equal scores in the order of the corpus. */
class MemoryIndex {
  /** Per term: number of a passage, frequency, number, frequency … */
  private readonly postings = new Map<string, number[]>();
  private readonly norms: number[];

  constructor(passages: readonly string[][]) {
    passages.forEach((terms, passage) => {
      const frequencies = new Map<string, number>();
      for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
      for (const [term, frequency] of frequencies) {
        const list = this.postings.get(term);
        if (list) list.push(passage, frequency);
        else this.postings.set(term, [passage, frequency]);
      }
    });
    const average = passages.reduce((sum, { length }) => sum + length, 0) / passages.length;
    this.norms = passages.map(({ length }) => K1 * (1 - B + (B * length) / average));
  }

  get size(): { terms: number; postings: number } {
    return {
      terms: this.postings.size,
      postings: [...this.postings.values()].reduce((sum, list) => sum + list.length / 2, 0),
    };
  }

  search(terms: readonly string[]): number[] {
    const scores = new Map<number, number>();
    for (const term of terms) {
      const list = this.postings.get(term) ?? [];
      const count = list.length / 2;
      const idf = Math.log(1 + (this.norms.length - count + 0.5) / (count + 0.5));
      for (let i = 0; i < list.length; i += 2) {
        const [passage = 0, frequency = 0] = [list[i], list[i + 1]];
        const part = (idf * frequency) / (frequency + (this.norms[passage] ?? 0));
        scores.set(passage, (scores.get(passage) ?? 0) + part);
      }
    }
    return [...scores]
      .sort(([a, x], [b, y]) => y - x || a - b)
      .slice(0, DEPTH)
      .map(([passage]) => passage);
  }
}

function measure(folder: string): Record<string, unknown> {
  const lines = (name: string): string[] =>
    readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
  const corpus = lines('corpus.jsonl').map(
    (line) => JSON.parse(line) as { id: string; title?: string; text: string },
  );
  const queries = lines('queries.jsonl').map((line) => JSON.parse(line) as { id: string; text: string });
  const judgments = new Map<string, Map<string, number>>();
  for (const [query = '', document = '', gain] of lines('qrels.tsv').map((line) => line.split('\t'))) {
    if (!(Number(gain) > 0)) continue;
    const gains = judgments.get(query) ?? new Map<string, number>();
    judgments.set(query, gains.set(document, Number(gain)));
  }
  const index = new MemoryIndex(corpus.map(({ title, text }) => analyze(title ? `${title}\n${text}` : text)));
  const run = new Map(
    queries.map(({ id, text }) => [
      id,
      index.search(questionTerms(text)).map((passage) => corpus[passage]?.id ?? ''),
    ]),
  );
  const { ndcg10, mrr10, recall100 } = measureRanking(run, judgments);
  const round = (value: number): number => Number(value.toFixed(4));
  return {
    set: basename(folder),
    analyzer: ANALYZER_VERSION,
    passages: corpus.length,
    queries: judgments.size,
    ndcg10: round(ndcg10),
    mrr10: round(mrr10),
    recall100: round(recall100),
    ...index.size,
  };
}

const folders = process.argv.slice(2).filter((argument) => argument !== '--record');
if (folders.length === 0) throw new Error('give the folders of the sets');
const output = `[\n${folders.map((folder) => `  ${JSON.stringify(measure(folder))}`).join(',\n')}\n]\n`;
process.stdout.write(output);
if (process.argv.includes('--record')) writeFileSync(new URL('record/terms.json', import.meta.url), output);
