// What step 4 takes end to end: search thread, row security and the firewall's screening of every passage, on a
// cluster that libs/retrieval/bench/build-corpus.ts left:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/question-path/bench/search-step.bench.ts CLUSTER SOURCES [LABEL]
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Firewall, FirewallPolicies } from '@lorekeep/firewall';
import { systemClock } from '@lorekeep/kit/clock';
import { connectDatabase } from '@lorekeep/kit/database';
import { percentile } from '@lorekeep/retrieval';
import { sourceSearch } from '@lorekeep/retrieval/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the corpus of that library's benches, which is no part of its surface
import { openCorpus } from '../../retrieval/bench/build-corpus.js';
import { findPassages } from '../src/4-retrieval/find-passages.step.js';
import type { QuestionPathLimits } from '../src/index.js';
import type { Question } from '../src/question.js';

const SETS = ['handbook-18f-en', 'squad11-dev-en'];
const TIMED = 400;
const PASSAGES = 8;

const [folder, sources, label] = process.argv.slice(2);
if (!folder || !sources) throw new Error('give CLUSTER SOURCES');
const questions = SETS.flatMap((set) =>
  readFileSync(join(sources, set, 'queries.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .slice(0, TIMED)
    .map((line) => (JSON.parse(line) as { text: string }).text),
);
const load = loadavg()[0] ?? 0;
const { corpus, stop } = await openCorpus(folder);
const database = await connectDatabase({
  url: corpus.appUrl,
  entities: [],
  poolSize: 4,
  statementTimeout: 60_000,
  applicationName: 'search-step-bench',
});
const search = sourceSearch(corpus.appUrl);
const firewall = new Firewall(new FirewallPolicies(database, { timeoutMs: 5_000, clock: systemClock }));
const limits = {
  QUESTION_SEARCH_TIMEOUT_MS: 5_000,
  QUESTION_CHECK_TIMEOUT_MS: 5_000,
  passages: PASSAGES,
} as QuestionPathLimits & { passages: number };
const question = { documents: 'auto' } as Question;

async function timed(texts: readonly string[], clients: number): Promise<Record<string, number>> {
  const times: number[] = [];
  const cpu = process.cpuUsage();
  let next = 0;
  const client = async (): Promise<void> => {
    for (let i = next++; i < texts.length; i = next++) {
      const began = performance.now();
      await findPassages(
        corpus.readers.ten,
        question,
        { text: texts[i] ?? '' },
        { search, firewall },
        limits,
      );
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const { user, system } = process.cpuUsage(cpu);
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    p50: round(percentile(times, 0.5)),
    p95: round(percentile(times, 0.95)),
    p99: round(percentile(times, 0.99)),
    nodeCpuMs: round((user + system) / 1_000 / times.length),
  };
}

try {
  await timed(questions.slice(-200), 1);
  const record = {
    passages: corpus.passages,
    permitted: '10 %',
    loadBefore: Math.round(load * 100) / 100,
    one: await timed(questions.slice(0, TIMED), 1),
    oneAgain: await timed(questions.slice(0, TIMED), 1),
    fourAtOnce: await timed(questions.slice(0, TIMED), 4),
  };
  process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  if (label)
    writeFileSync(new URL(`record/${label}.json`, import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
} finally {
  await search.close();
  await database.close();
  await stop();
}
