import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { Search } from '@lorekeep/retrieval';

/** Searches at once: while one waits for the database, another scores. */
const AT_ONCE = 4;
const SEARCH_TIMEOUT_MS = 60_000;

export interface Query {
  readonly id: string;
  readonly text: string;
}

export interface Answered {
  readonly query: string;
  readonly found: readonly { readonly id: string; readonly score: number }[];
}

/** The results of all queries, in their order. */
export async function* answerQueries(
  database: Database,
  ctx: CallContext,
  queries: readonly Query[],
  k: number,
): AsyncIterable<Answered> {
  const search = new Search(database, systemClock, { timeoutMs: SEARCH_TIMEOUT_MS });
  const answer = async ({ id, text }: Query): Promise<Answered> => {
    const { passages } = await search.run(ctx, { text, k });
    return { query: id, found: passages.map(({ fileName, score }) => ({ id: fileName, score })) };
  };
  for (let at = 0; at < queries.length; at += AT_ONCE)
    yield* await Promise.all(queries.slice(at, at + AT_ONCE).map(answer));
}
