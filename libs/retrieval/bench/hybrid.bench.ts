// What a model's vectors add to the search by words, on one set of corpus.jsonl, queries.jsonl and qrels.tsv:
//   hybrid.bench.ts SET URL MODEL [QUESTION_PREFIX PASSAGE_PREFIX]
// URL is an OpenAI-compatible embedding server. Prints the figures of words, vectors, and both fused.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@lorekeep/kit/clock';
import { indexCorpus, measureRanking, Search, VectorKeeper, type CorpusDocument } from '../src/index.js';
import { Fixture, withDatabase } from '../src/testing/index.js';
import { settingsOf } from '../src/vectors/testing/vector-world.js';
import { VectorRanking } from '../src/vectors/rank/rank-vectors.js';

const K = 100;
const [set = '', url = '', model = '', question = '', passage = ''] = process.argv.slice(2);
if (!model) throw new Error('give a set, the address of an embedding server, and its model');

const lines = (name: string): string[] => readFileSync(join(set, name), 'utf8').split('\n').filter(Boolean);

async function* corpus(): AsyncIterable<CorpusDocument> {
  for (const line of lines('corpus.jsonl')) {
    const { id, title, text } = JSON.parse(line) as { id: string; title?: string; text: string };
    yield { id, title: title ?? '', text };
  }
}

function judgments(): Map<string, Map<string, number>> {
  const all = new Map<string, Map<string, number>>();
  for (const line of lines('qrels.tsv')) {
    const [query = '', document = '', gain] = line.split('\t');
    if (Number(gain) > 0)
      all.set(query, (all.get(query) ?? new Map<string, number>()).set(document, Number(gain)));
  }
  return all;
}

await withDatabase(async (urls) => {
  const fixture = await Fixture.open(urls);
  try {
    const ctx = await fixture.tenant('bench');
    await indexCorpus(fixture.database, ctx, corpus(), () => undefined);
    const vectors = settingsOf({
      RETRIEVAL_EMBEDDING_URL: url,
      RETRIEVAL_EMBEDDING_MODEL: model,
      RETRIEVAL_EMBEDDING_QUESTION_PREFIX: question,
      RETRIEVAL_EMBEDDING_PASSAGE_PREFIX: passage,
      RETRIEVAL_QUESTION_VECTOR_TIMEOUT_MS: '10000',
    });
    const began = performance.now();
    await embed(fixture, vectors);
    const seconds = Math.round((performance.now() - began) / 1_000);
    const names = new Map(
      (
        await fixture.database.once<{ id: string; name: string }>(
          ctx,
          'select id, file_name as name from document',
          [],
          { access: 'all' },
        )
      ).map(({ id, name }) => [id, name]),
    );
    const options = { timeoutMs: 60_000 };
    const words = new Search(fixture.database, systemClock, options);
    const both = new Search(fixture.database, systemClock, { ...options, vectors });
    const ranking = new VectorRanking(fixture.database, vectors, systemClock);
    const runs: Record<string, (text: string) => Promise<string[]>> = {
      words: async (text) => (await words.run(ctx, { text, k: K })).passages.map(({ fileName }) => fileName),
      vectors: async (text) => {
        const { passages, outcome, reason } = await ranking.rank(ctx, { text, k: K });
        if (!passages) throw new Error(`${outcome}: ${reason ?? ''}`);
        return passages.map(({ documentId }) => names.get(documentId) ?? '');
      },
      both: async (text) => (await both.run(ctx, { text, k: K })).passages.map(({ fileName }) => fileName),
    };
    const figures: Record<string, unknown> = { set: set.replace(/^.*\//, ''), model, seconds };
    for (const [name, run] of Object.entries(runs)) {
      const found = new Map<string, string[]>();
      for (const line of lines('queries.jsonl')) {
        const { id, text } = JSON.parse(line) as { id: string; text: string };
        found.set(id, await run(text));
      }
      const { ndcg10, mrr10, recall100 } = measureRanking(found, judgments());
      const round = (value: number): number => Number(value.toFixed(4));
      figures[name] = { ndcg10: round(ndcg10), mrr10: round(mrr10), recall100: round(recall100) };
    }
    console.log(JSON.stringify(figures));
  } finally {
    await fixture.close();
  }
});

async function embed(fixture: Fixture, settings: ReturnType<typeof settingsOf>): Promise<void> {
  const steps: string[] = [];
  const keeper = new VectorKeeper(fixture.database, settings, systemClock, {
    stepped: (_, { did }) => void steps.push(did),
    away: (_, __, error) => console.error(error.message),
    failed: (_, cause) => console.error(cause),
  });
  while (!steps.includes('activated')) await keeper.round();
  await keeper.stop();
}
