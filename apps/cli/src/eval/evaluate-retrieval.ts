import type { Writable } from 'node:stream';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { indexCorpus, measureRanking, PASSAGES_MAX, type CorpusDocument } from '@lorekeep/retrieval';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { connectApplication } from '../database/connect-application.js';
import { openDatabase } from '../database/open-database.js';
import { prepareSchema } from '../database/prepare-schema.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { answerQueries, type Query } from './answer-queries.js';
import { readJudgments } from './read-judgments.js';
import { corpusLine, Mistakes, queryLine, readAll, readRecords } from './read-records.js';
import { ScratchTenant } from './scratch-tenant.js';
import { ReaderLeft, writingRun } from './write-run.js';

export interface RetrievalOptions {
  readonly corpus: string;
  readonly queries: string;
  readonly k: string;
  readonly qrels?: string;
  readonly json?: boolean;
}

interface Task {
  readonly corpus: string;
  readonly documents: number;
  readonly queries: readonly Query[];
  readonly k: number;
  readonly run: (lines: string) => Promise<void>;
}

const SAY_EVERY_MS = 2_000;
/** Of a score; trec_eval reads no more. */
const DIGITS = 6;

/** The files are read before anything is started: what is wrong with them is known at once. */
export async function evaluateRetrieval(
  context: CommandContext,
  options: RetrievalOptions,
  out: Writable = process.stdout,
): Promise<ExitCode> {
  const k = Number(options.k);
  if (!Number.isInteger(k) || k < 1 || k > PASSAGES_MAX)
    throw new CliError(`--k must be a whole number from 1 to ${PASSAGES_MAX}.`, EXIT.USAGE);
  if (options.json && !options.qrels) throw new CliError('--json needs --qrels.', EXIT.USAGE);
  const judgments = options.qrels ? await readJudgments(options.qrels) : undefined;
  const queries = await readAll(options.queries, queryLine);
  const documents = await checkCorpus(options.corpus);
  try {
    const results = await writingRun(out, (write) => {
      const run = options.json ? async () => undefined : write;
      return inScratch(context, { corpus: options.corpus, documents, queries, k, run });
    });
    if (judgments) report(context, results, judgments, options.json === true);
  } catch (cause) {
    if (!(cause instanceof ReaderLeft)) throw cause;
  }
  return EXIT.OK;
}

async function checkCorpus(file: string): Promise<number> {
  const mistakes = new Mistakes(file);
  let count = 0;
  for await (const record of readRecords(file, corpusLine, mistakes)) count += record.id === '' ? 0 : 1;
  mistakes.refuse();
  if (count === 0) throw new CliError(`${file} has no lines.`);
  return count;
}

/** Ctrl-C is heard between the steps, so that the scratch organisation is removed before the database goes. */
async function inScratch(context: CommandContext, task: Task): Promise<Map<string, string[]>> {
  const database = await openDatabase(context.settings(), context.progress);
  try {
    await prepareSchema(database);
    context.signal.throwIfAborted();
    const application = await connectApplication(database.appUrl);
    try {
      const tenant = await ScratchTenant.create(database.ownerUrl);
      try {
        const ctx = systemContext(tenant.id, { signal: context.signal });
        return await indexAndSearch(context, application, ctx, task);
      } finally {
        context.progress.step('Removing what was indexed');
        await tenant.remove();
      }
    } finally {
      await application.close();
    }
  } finally {
    await database.close();
  }
}

async function indexAndSearch(
  { progress }: CommandContext,
  database: Database,
  ctx: CallContext,
  { corpus, documents, queries, k, run }: Task,
): Promise<Map<string, string[]>> {
  let said = 0;
  const say = (text: string, last: boolean): void => {
    const now = performance.now();
    if (!last && now - said < SAY_EVERY_MS) return;
    said = now;
    progress.step(text);
  };
  await indexCorpus(database, ctx, corpusOf(corpus), (done) =>
    say(`Indexed ${done} of ${documents} documents`, done === documents),
  );
  const results = new Map<string, string[]>();
  for await (const { query, found } of answerQueries(database, ctx, queries, k)) {
    ctx.signal.throwIfAborted();
    await run(
      found
        .map(({ id, score }, i) => `${query} Q0 ${id} ${i + 1} ${score.toFixed(DIGITS)} lorekeep\n`)
        .join(''),
    );
    results.set(
      query,
      found.map(({ id }) => id),
    );
    say(`Searched for ${results.size} of ${queries.length} queries`, results.size === queries.length);
  }
  return results;
}

async function* corpusOf(file: string): AsyncIterable<CorpusDocument> {
  const mistakes = new Mistakes(file);
  for await (const { id, title, text } of readRecords(file, corpusLine, mistakes))
    yield { id, title: title ?? '', text };
  mistakes.refuse();
}

function report(
  context: CommandContext,
  results: ReadonlyMap<string, readonly string[]>,
  judgments: ReadonlyMap<string, ReadonlyMap<string, number>>,
  json: boolean,
): void {
  const judged = new Map([...judgments].filter(([query]) => results.has(query)));
  if (judged.size === 0) throw new CliError('The judgments name none of the queries.');
  const { ndcg10, mrr10, recall100 } = measureRanking(results, judged);
  const round = (value: number): number => Number(value.toFixed(4));
  if (json) {
    const figures = {
      queries: judged.size,
      ndcg10: round(ndcg10),
      mrr10: round(mrr10),
      recall100: round(recall100),
    };
    context.print(JSON.stringify(figures));
    return;
  }
  context.progress.say(`nDCG@10  ${ndcg10.toFixed(4)}`);
  context.progress.say(`MRR@10   ${mrr10.toFixed(4)}`);
  context.progress.say(`R@100    ${recall100.toFixed(4)}`);
  context.progress.say(`over ${judged.size} judged queries`);
}
