import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import { CatalogueError } from '../catalogue/read-catalogue.js';
import { isPlanRefusal } from '../plan/plan-refusal.js';
import type { EngineHost } from './engine-host.js';
import { hostMetrics } from './host-metrics.js';
import { openAiError, readBody, sendJson } from './http-answers.js';
import { pipeRequest } from './pipe-request.js';
import { vllmMetrics } from './vllm-metrics.js';

const BODY_MAX = 64 * 1024;
const modelsSchema = z.strictObject({ models: z.array(z.string().min(1).max(63)).max(16) });
const instanceSchema = z.strictObject({ instance: z.string().min(1).max(100).optional() });

export interface ControlOptions {
  /** Empty = none is asked for; then the host listens on loopback only. */
  readonly key: string;
  /** Ends the host after `POST /engine/shutdown`. */
  shutdown(): void;
}

/** The engine host's one door: control and state under /engine, metrics, and /v1 streamed to the ready replica. */
export function controlApi(host: EngineHost, options: ControlOptions): RequestListener {
  return (request, response) => {
    response.on('error', () => undefined);
    route(host, options, request, response).catch(() => {
      if (!response.headersSent) sendJson(response, 500, { error: 'internal' });
      else response.destroy();
    });
  };
}

async function route(
  host: EngineHost,
  options: ControlOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
  const isHealth = pathname === '/health' && request.method === 'GET';
  // A page in somebody's browser can reach loopback; it always says where it comes from.
  if (request.headers.origin !== undefined) return sendJson(response, 403, { error: 'not for browsers' });
  if (!isHealth && !hasKey(request, options.key)) return openAiError(response, 401, 'The key is not right.');
  if (pathname.startsWith('/v1/') && pathname !== '/v1/models') return pipeRequest(host, request, response);
  if (pathname === '/tokenize' || pathname === '/detokenize') return pipeRequest(host, request, response);
  switch (`${request.method} ${pathname}`) {
    case 'GET /health':
      return void response.writeHead(host.isServing() ? 200 : 503).end();
    case 'GET /v1/models':
      return sendJson(response, 200, modelList(host));
    case 'GET /metrics': {
      const text = `${await hostMetrics(host)}${await vllmMetrics(host)}`;
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      return void response.end(text);
    }
    case 'GET /engine/status':
      return sendJson(response, 200, host.status());
    case 'GET /engine/logs':
      return sendLogs(host, request, response, searchParams);
    case 'POST /engine/start':
    case 'POST /engine/stop':
    case 'POST /engine/drain':
      return steer(host, pathname, request, response);
    case 'POST /engine/climb':
      return climb(host, request, response);
    case 'POST /engine/models':
      return setModels(host, request, response);
    case 'POST /engine/shutdown':
      sendJson(response, 202, { ending: true });
      return options.shutdown();
    default:
      return sendJson(response, 404, { error: 'not found' });
  }
}

async function steer(
  host: EngineHost,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await parse(request, instanceSchema);
  if (!body) return sendJson(response, 400, { error: 'the body must be {"instance"?: "…"}' });
  const found =
    path === '/engine/start'
      ? host.start(body.instance)
      : await host.stop(body.instance, { drain: path === '/engine/drain' });
  return found
    ? sendJson(response, 200, host.status())
    : sendJson(response, 404, { error: 'no such instance' });
}

async function climb(host: EngineHost, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await parse(request, instanceSchema);
  if (!body) return sendJson(response, 400, { error: 'the body must be {"instance"?: "…"}' });
  return host.climb(body.instance)
    ? sendJson(response, 202, host.status())
    : sendJson(response, 409, { error: 'there is no rung to climb' });
}

async function setModels(
  host: EngineHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await parse(request, modelsSchema);
  if (!body) return sendJson(response, 400, { error: 'the body must be {"models": ["…"]}' });
  const plan = await host.setModels(body.models).catch((error: unknown) => {
    if (error instanceof CatalogueError) return error;
    throw error;
  });
  if (plan instanceof CatalogueError)
    return sendJson(response, 409, { code: 'CATALOGUE', sentences: [plan.message] });
  if (isPlanRefusal(plan)) return sendJson(response, 409, { code: plan.code, sentences: plan.sentences });
  return sendJson(response, 202, {
    instances: plan.instances.map(({ id, model }) => ({ id, model })),
    reasons: plan.reasons,
  });
}

/** JSON lines: the tail, and with `follow` what comes after it until the caller goes away. */
function sendLogs(
  host: EngineHost,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  const write = (entry: unknown): void => void response.write(`${JSON.stringify(entry)}\n`);
  for (const entry of host.feed.tail(Number(query.get('after')) || 0)) write(entry);
  const end = query.get('follow') === '1' ? host.feed.follow(write) : undefined;
  if (!end) return void response.end();
  response.flushHeaders();
  request.once('close', end);
  response.once('close', end);
}

async function parse<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const text = (await readBody(request, BODY_MAX)).toString('utf8');
    return schema.safeParse(text === '' ? {} : JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The last of each instance. */
const RUNGS_TOLD = 5;

function modelList(host: EngineHost): unknown {
  const { instances } = host.status();
  const ready = instances.filter(({ state }) => state === 'ready');
  const models = [...new Set(ready.map(({ model }) => model))];
  return {
    object: 'list',
    data: models.map((id) => {
      const replicas = ready.filter(({ model }) => model === id);
      return {
        id,
        object: 'model',
        created: Math.floor(Math.min(...replicas.map(({ since }) => since)) / 1000),
        owned_by: 'vllm',
        max_model_len: Math.min(...replicas.map(({ plan }) => plan.context)),
        // Not among vLLM's own: a rung lower there is room for fewer, and gateways fill no more than there is.
        max_num_seqs: replicas.reduce((sum, { plan }) => sum + plan.sequences, 0),
      };
    }),
    // Not among vLLM's own either: what the page of administrators shows.
    instances: instances.map(({ id, model, state, progress, reason, retryAt, ...rest }) => ({
      ...{ id, model, state, progress, reason, retryAt, rung: rest.rung, restarts: rest.restarts },
      ...{ context: rest.plan.context, sequences: rest.plan.sequences, utilization: rest.plan.utilization },
      rungs: rest.rungs.slice(-RUNGS_TOLD).map(({ at, text }) => ({ at, text })),
    })),
  };
}

function hasKey(request: IncomingMessage, key: string): boolean {
  if (key === '') return true;
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${key}`));
}
