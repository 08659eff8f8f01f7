import type { AnswerEvent, AnswerRequest, SearchPort } from '../ports.js';
import type { Question } from '../question.js';
import { ANSWER, MODEL, pathWorld, question, type Scripted, type World } from './path-world.js';

type Query = Parameters<SearchPort['run']>[1];
export type Reply = (request: AnswerRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent>;

export const FIRST = 'How many days of annual leave do I get?';
export const REWRITTEN = 'How many days of annual leave do I get in Suzhou?';
export const MODEL_LIMITS = { QUESTION_REWRITE: 'model' as const };
export const used = (promptTokens: number, completionTokens: number): AnswerEvent => ({
  kind: 'usage',
  promptTokens,
  completionTokens,
  estimated: false,
});
export const says = (...events: AnswerEvent[]): Reply =>
  async function* () {
    yield* [MODEL, ...events];
  };

export const followUp = (more: Partial<Question> = {}): Question =>
  question({
    messages: [
      { role: 'user', content: FIRST },
      { role: 'assistant', content: '27 days.' },
      { role: 'user', content: 'and in Suzhou?' },
    ],
    ...more,
  });

export interface Rewriting extends World {
  readonly queries: Query[];
  readonly reserved: number[];
}

/** A world whose model rewrites as told, and answers as ever. */
export function rewriting(reply: Reply, script: Scripted = {}): Rewriting {
  const world = Object.assign(pathWorld(script), { queries: [] as Query[], reserved: [] as number[] });
  const { quota, search, drivers } = world.ports;
  const driver = {
    name: 'openai-compatible' as const,
    async *answer(ctx: { signal: AbortSignal }, request: AnswerRequest) {
      world.log.push(request.documents === 'none' ? 'rewrite asked' : 'model asked');
      world.requests.push(request);
      yield* request.documents === 'none' ? reply(request, ctx.signal) : (script.answer ?? ANSWER);
    },
  };
  world.ports = {
    ...world.ports,
    drivers: { ...drivers, choose: async () => ({ model: 'test-model', driver }) },
    search: { run: async (ctx, query) => (world.queries.push(query), search.run(ctx, query)) },
    quota: {
      ...quota,
      reserve: async (ctx, need) => (world.reserved.push(need.tokens), quota.reserve(ctx, need)),
    },
  };
  return world;
}

export const rewriteOf = (world: World): unknown => world.records[0]?.closed?.detail.rewrite;
export const BY_RULE = { text: 'and in Suzhou?', context: FIRST, k: 4 };
