import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WordVectors } from './word-vectors.js';

/** How the server fails, until told otherwise. */
export type ModelFailureMode =
  | 'none'
  | 'hang'
  | 'cut'
  | 'wrong-count'
  | 'wrong-index'
  | 'ragged'
  | 'nan'
  | 'zero'
  | 'text'
  | 'not-json'
  | 'huge'
  | 'status';

export interface FakeModels {
  /** Without /v1. */
  readonly url: string;
  mode: ModelFailureMode;
  /** For the mode `status`. */
  status: number;
  retryAfter: string | null;
  dimensions: number;
  /** Longer texts are answered with 400, as by a model that does not cut. */
  charactersMax: number;
  /** Before each answer, in milliseconds. */
  delayMs: number;
  /** Texts that were embedded, in order. */
  readonly embedded: string[];
  /** Texts that the reranker was sent. */
  readonly reranked: string[];
  readonly keys: Set<string>;
  /** Most requests under way at once. */
  readonly most: number;
  close(): Promise<void>;
}

interface Options {
  readonly synonyms?: Readonly<Record<string, string>>;
  readonly seed?: string;
  readonly dimensions?: number;
}

const HUGE_BYTES = 10 * 1024 * 1024;

/**
 * An OpenAI-compatible embedding server (POST /v1/embeddings) and a reranker as Cohere, Jina and vLLM have it
 * (POST /v1/rerank) and as TEI has it (POST /rerank), with vectors made of words.
 */
export async function startFakeModels(options: Options = {}): Promise<FakeModels> {
  const vectors = new WordVectors(options.synonyms ?? {}, options.seed ?? 'a');
  let running = 0;
  let most = 0;
  const state = {
    mode: 'none' as ModelFailureMode,
    status: 500,
    retryAfter: null as string | null,
    dimensions: options.dimensions ?? 64,
    charactersMax: 100_000,
    delayMs: 0,
    embedded: [] as string[],
    reranked: [] as string[],
    keys: new Set<string>(),
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse(await read(request)) as Record<string, unknown>;
    if (request.headers.authorization) state.keys.add(request.headers.authorization);
    if (state.delayMs > 0) await new Promise((done) => setTimeout(done, state.delayMs));
    if (state.mode === 'hang') return;
    if (state.mode === 'cut') return void response.destroy();
    if (state.mode === 'status')
      return send(response, state.status, { error: { message: 'no' } }, state.retryAfter);
    if (state.mode === 'not-json') return void response.end('<html>proxy error</html>');
    if (state.mode === 'huge') return void response.end(`{"data":"${'x'.repeat(HUGE_BYTES)}"}`);
    if (request.url === '/v1/embeddings') return embed(body, response);
    if (request.url === '/v1/rerank') return rerank(body, 'documents', response);
    if (request.url === '/rerank') return rerank(body, 'texts', response);
    send(response, 404, { error: { message: 'no such address' } });
  };

  const embed = (body: Record<string, unknown>, response: ServerResponse): void => {
    const input = body.input as string[];
    if (input.some((text) => text.length > state.charactersMax))
      return send(response, 400, { error: { message: 'longer than the model reads' } });
    state.embedded.push(...input);
    const data = input.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: distort(vectors.of(text, state.dimensions), index) as unknown,
    }));
    if (state.mode === 'wrong-count') data.pop();
    if (state.mode === 'wrong-index') data.forEach((item) => (item.index = 0));
    // The order is not promised: the index is.
    send(response, 200, { object: 'list', model: body.model, data: data.reverse(), usage: {} });
  };

  const distort = (vector: number[], index: number): unknown => {
    if (state.mode === 'ragged' && index > 0) return [...vector, 1];
    if (state.mode === 'nan') return vector.map((value, i) => (i === 3 ? null : value));
    if (state.mode === 'zero') return vector.map(() => 0);
    if (state.mode === 'text') return vector.join(',');
    return vector;
  };

  const rerank = (body: Record<string, unknown>, field: string, response: ServerResponse): void => {
    const texts = body[field] as string[];
    state.reranked.push(...texts);
    const wanted = new Set(vectors.words(body.query as string));
    const scores = texts.map((text, index) => ({
      index,
      score: new Set(vectors.words(text).filter((word) => wanted.has(word))).size / (1 + text.length / 1_000),
    }));
    scores.sort((a, b) => b.score - a.score);
    if (state.mode === 'wrong-count') scores.pop();
    if (state.mode === 'nan') scores.forEach((item) => Object.assign(item, { score: null }));
    if (field === 'texts') return send(response, 200, scores);
    const results = scores.map(({ index, score }) => ({ index, relevance_score: score }));
    send(response, 200, { id: 'rerank-1', results });
  };

  const server = createServer((request, response) => {
    most = Math.max(most, ++running);
    response.once('close', () => running--);
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  Object.defineProperty(state, 'most', { get: () => most });
  return Object.assign(state as typeof state & { most: number }, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown, retryAfter?: string | null): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter ? { 'retry-after': retryAfter } : {}),
  });
  response.end(JSON.stringify(body));
}
