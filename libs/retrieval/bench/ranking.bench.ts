// Quality of the search on sets of corpus.jsonl, queries.jsonl and qrels.tsv, through a real database:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/retrieval/bench/ranking.bench.ts FOLDER [--record]
// FOLDER holds one folder per set. Prints the figures; with --record also writes bench/record/<set>.json. They are exact,
// and the same as those of `lorekeep eval retrieval`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@lorekeep/kit/clock';
import { indexCorpus, measureRanking, Search, type CorpusDocument } from '../src/index.js';
import { Fixture, withDatabase } from '../src/testing/index.js';

const K = 100;

const [folder, record] = process.argv.slice(2);
if (!folder) throw new Error('give the folder of the sets');

const lines = (set: string, name: string): string[] =>
  readFileSync(join(folder, set, name), 'utf8')
    .split('\n')
    .filter(Boolean);

async function* corpusOf(set: string): AsyncIterable<CorpusDocument> {
  for (const line of lines(set, 'corpus.jsonl')) {
    const { id, title, text } = JSON.parse(line) as { id: string; title?: string; text: string };
    yield { id, title: title ?? '', text };
  }
}

function judgmentsOf(set: string): Map<string, Map<string, number>> {
  const judgments = new Map<string, Map<string, number>>();
  for (const line of lines(set, 'qrels.tsv')) {
    const [query = '', document = '', gain] = line.split('\t');
    if (!(Number(gain) > 0)) continue;
    if (!judgments.has(query)) judgments.set(query, new Map());
    judgments.get(query)?.set(document, Number(gain));
  }
  return judgments;
}

async function measure(set: string): Promise<object> {
  return withDatabase(async (urls) => {
    const fixture = await Fixture.open(urls);
    try {
      const ctx = await fixture.tenant('bench');
      await indexCorpus(fixture.database, ctx, corpusOf(set), () => undefined);
      const search = new Search(fixture.database, systemClock, { timeoutMs: 60_000 });
      const run = new Map<string, string[]>();
      for (const line of lines(set, 'queries.jsonl')) {
        const { id, text } = JSON.parse(line) as { id: string; text: string };
        const { passages } = await search.run(ctx, { text, k: K });
        run.set(
          id,
          passages.map(({ fileName }) => fileName),
        );
      }
      const { ndcg10, mrr10, recall100 } = measureRanking(run, judgmentsOf(set));
      const round = (value: number): number => Number(value.toFixed(4));
      return {
        passages: lines(set, 'corpus.jsonl').length,
        queries: run.size,
        ndcg10: round(ndcg10),
        mrr10: round(mrr10),
        recall100: round(recall100),
      };
    } finally {
      await fixture.close();
    }
  });
}

for (const set of readdirSync(folder).filter((name) => existsSync(join(folder, name, 'corpus.jsonl')))) {
  const figures = await measure(set);
  process.stdout.write(`${set} ${JSON.stringify(figures)}\n`);
  if (record === '--record')
    writeFileSync(new URL(`record/${set}.json`, import.meta.url), `${JSON.stringify(figures, null, 2)}\n`);
}
