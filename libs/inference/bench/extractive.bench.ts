/**
 * How often quotations answer, and how often they rightly do not.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/inference/bench/extractive.bench.ts <set>… [limit]
 *
 * A set is a folder with corpus.jsonl {id,title,text}, queries.jsonl {id,text}, qrels.tsv (query, document, relevance).
 * Prints, as JSON a line: `answered`, `right` (first quote from a relevant passage, of those answered) and `answeredRight`
 * (the same of those asked) with the eight best passages; `refused` when the relevant ones are taken away (near misses),
 * and when all come from another set.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '@lorekeep/kit/text';
import type { PromptPassage } from '../src/driver.js';
import { chooseQuotes } from '../src/extractive/choose-quotes.js';

interface Row {
  id: string;
  title?: string;
  text: string;
}
const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const rows = (path: string): Row[] => lines(path).map((line) => JSON.parse(line) as Row);

class Index {
  readonly postings = new Map<string, Map<number, number>>();
  readonly lengths: number[];
  readonly mean: number;
  constructor(readonly corpus: Row[]) {
    this.lengths = corpus.map((row, at) => {
      const terms = analyze(`${row.title ?? ''}\n${row.text}`);
      for (const term of terms) {
        const list = this.postings.get(term) ?? new Map<number, number>();
        list.set(at, (list.get(at) ?? 0) + 1);
        this.postings.set(term, list);
      }
      return terms.length;
    });
    this.mean = this.lengths.reduce((a, b) => a + b, 0) / corpus.length;
  }

  best(text: string, count: number): Row[] {
    const scores = new Map<number, number>();
    for (const term of new Set(analyze(text))) {
      const list = this.postings.get(term);
      if (!list) continue;
      const idf = Math.log(1 + (this.corpus.length - list.size + 0.5) / (list.size + 0.5));
      for (const [at, tf] of list) {
        const norm = tf + 1.2 * (0.25 + (0.75 * this.lengths[at]!) / this.mean);
        scores.set(at, (scores.get(at) ?? 0) + (idf * tf * 2.2) / norm);
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map(([at]) => this.corpus[at]!);
  }
}

const asPassages = (found: Row[]): PromptPassage[] =>
  found.map((row, at) => ({
    number: at + 1,
    id: row.id,
    title: row.title?.split(' > ')[0] ?? '',
    heading: row.title?.split(' > ').slice(1).join(' › ') ?? '',
    page: null,
    content: row.text,
  }));

const args = process.argv.slice(2);
const limit = Number(args.at(-1)) || 500;
const folders = args.filter((arg) => !/^\d+$/.test(arg));
const sets = folders.map((folder) => ({
  folder,
  index: new Index(rows(join(folder, 'corpus.jsonl'))),
  queries: rows(join(folder, 'queries.jsonl')),
  relevant: relevantOf(join(folder, 'qrels.tsv')),
}));

function relevantOf(path: string): Map<string, Set<string>> {
  const relevant = new Map<string, Set<string>>();
  for (const line of lines(path)) {
    const [query, document, grade] = line.split('\t');
    if (!query || !document || !(Number(grade) > 0)) continue;
    relevant.set(query, (relevant.get(query) ?? new Set()).add(document));
  }
  return relevant;
}

for (const [at, { folder, index, queries, relevant }] of sets.entries()) {
  const other = sets[(at + 1) % sets.length]!.index;
  const step = Math.max(1, Math.floor(queries.length / limit));
  const counts = { asked: 0, found: 0, answered: 0, right: 0, refusedNear: 0, refusedOther: 0 };
  const micros: number[] = [];
  for (let i = 0; i < queries.length; i += step) {
    const query = queries[i]!;
    const good = relevant.get(query.id) ?? new Set<string>();
    const found = index.best(query.text, 8);
    counts.asked += 1;
    if (found.some((row) => good.has(row.id))) counts.found += 1;
    const started = performance.now();
    const quotes = chooseQuotes(query.text, asPassages(found));
    micros.push((performance.now() - started) * 1000);
    if (quotes.length > 0) counts.answered += 1;
    if (quotes[0] && good.has(quotes[0].passageId)) counts.right += 1;
    const near = index.best(query.text, 20).filter((row) => !good.has(row.id));
    if (chooseQuotes(query.text, asPassages(near.slice(0, 8))).length === 0) counts.refusedNear += 1;
    if (chooseQuotes(query.text, asPassages(other.best(query.text, 8))).length === 0)
      counts.refusedOther += 1;
  }
  const share = (part: number, of: number): number => Math.round((1000 * part) / of) / 10;
  console.log(
    JSON.stringify({
      set: folder.split('/').at(-1),
      asked: counts.asked,
      found: share(counts.found, counts.asked),
      answered: share(counts.answered, counts.asked),
      right: share(counts.right, counts.answered),
      refusedNear: share(counts.refusedNear, counts.asked),
      refusedOther: share(counts.refusedOther, counts.asked),
      answeredRight: share(counts.right, counts.asked),
      microsP50: Math.round(micros.sort((a, b) => a - b)[micros.length >> 1] ?? 0),
    }),
  );
}
