// Quality and latency of the search on a set of corpus.jsonl, queries.jsonl and qrels.tsv, through a real database:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/retrieval/bench/ranking.bench.ts FOLDER [LABEL]
// Prints the figures; with a LABEL also writes bench/record/LABEL.json. Accuracy is exact, times depend on the machine.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@lorekeep/kit/clock';
import { Readers, Search } from '../src/index.js';
import { measureRanking, percentile, type Judgments } from '../src/measure-ranking.js';
import { Fixture, withDatabase } from '../src/testing/index.js';

const [folder, label] = process.argv.slice(2);
if (!folder) throw new Error('give the folder of the set');
const lines = (name: string): string[] =>
  readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
const corpus = lines('corpus.jsonl').map(
  (line) => JSON.parse(line) as { id: string; title?: string; text: string },
);
const queries = lines('queries.jsonl').map((line) => JSON.parse(line) as { id: string; text: string });
const judgments = new Map<string, Map<string, number>>();
for (const line of lines('qrels.tsv')) {
  const [query = '', document = '', gain] = line.split('\t');
  if (!judgments.has(query)) judgments.set(query, new Map());
  if (Number(gain) > 0) judgments.get(query)?.set(document, Number(gain));
}

await withDatabase(async (urls) => {
  const fixture = await Fixture.open(urls);
  try {
    const writer = await fixture.tenant('bench');
    const employee = await fixture.employee(writer, 'reader');
    const collection = await fixture.collection(writer, 'bench');
    await new Readers(fixture.database).setOfCollection(writer, collection, [
      { principal: 'everyone', effect: 'allow' },
    ]);
    const began = performance.now();
    const ids = new Map<string, string>();
    for (const { id, title, text } of corpus)
      ids.set(await fixture.document(writer, collection, title ?? '', [text]), id);
    const indexSeconds = (performance.now() - began) / 1_000;
    await fixture.analyze();

    const search = new Search(fixture.database, systemClock);
    const run = new Map<string, string[]>();
    const times: number[] = [];
    for (const { id, text } of queries) {
      const { passages, took } = await search.run(employee, { text, k: 100 });
      run.set(
        id,
        passages.map((passage) => ids.get(passage.documentId) ?? ''),
      );
      times.push(took);
    }
    const short: number[] = [];
    for (const { text } of queries.slice(0, 300))
      short.push((await search.run(employee, { text, k: 10 })).took);
    const round = (value: number, digits: number): number => Number(value.toFixed(digits));
    const figures = measureRanking(run, judgments as Judgments);
    const record = {
      passages: corpus.length,
      queries: queries.length,
      ndcg10: round(figures.ndcg10, 4),
      mrr10: round(figures.mrr10, 4),
      recall100: round(figures.recall100, 4),
      searchMs: {
        k100: { p50: round(percentile(times, 0.5), 1), p95: round(percentile(times, 0.95), 1) },
        k10: { p50: round(percentile(short, 0.5), 1), p95: round(percentile(short, 0.95), 1) },
      },
      passagesPerSecondIndexed: Math.round(corpus.length / indexSeconds),
    };
    process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
    if (label) {
      writeFileSync(new URL(`record/${label}.json`, import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
    }
  } finally {
    await fixture.close();
  }
});
