import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { EngineHost } from './engine-host.js';
import { openAiError, readBody, TooLarge } from './http-answers.js';

/** What a replica is told of a request; anything else could steer it (X-Vllm-Priority, X-data-parallel-rank). */
const PASSED_UP = ['content-type', 'accept', 'x-request-id', 'traceparent', 'tracestate'];
const PASSED_DOWN = ['content-type', 'content-length', 'x-request-id', 'cache-control', 'retry-after'];
/** Questions with their passages. */
const BODY_MAX = 16 * 1024 * 1024;
/** Recordings, as large as a gateway may be told to take them; vLLM has a limit of its own. */
const AUDIO_DOOR = '/v1/audio/transcriptions';
const AUDIO_MAX = 201 * 1024 * 1024;
/** Of a form of a gateway's: the model stands first, in it and in this many bytes. */
const FORM_HEAD = 1024;
const FORM_MODEL =
  /^--[^\r\n]{1,200}\r\ncontent-disposition: form-data; name="model"\r\n\r\n([^\r\n]{1,200})\r\n/i;
const CONNECT_MS = 2_000;

/**
 * Streams `/v1/…` to the ready replica of the model that the body names and its answer back, byte by byte. A caller
 * who goes away cancels upstream at once: vLLM frees the slot when its connection closes.
 */
export async function pipeRequest(
  host: EngineHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let body: Buffer;
  try {
    body = await readBody(request, request.url === AUDIO_DOOR ? AUDIO_MAX : BODY_MAX);
  } catch (error) {
    response.setHeader('connection', 'close');
    if (error instanceof TooLarge) return openAiError(response, 413, 'The request is too large.');
    return void response.destroy();
  }
  const model = request.url === AUDIO_DOOR ? modelOfForm(body) : modelOf(body);
  const replica = host.choose(model);
  if (!replica) return notReady(host, model, response);
  const release = host.hold(replica.plan.id);
  response.once('close', release);
  const upstream = http.request({
    host: '127.0.0.1',
    port: replica.plan.port,
    method: request.method ?? 'POST',
    path: request.url ?? '/',
    headers: {
      ...pick(request.headers, PASSED_UP),
      'content-length': String(body.length),
      authorization: `Bearer ${replica.key}`,
    },
    // A fresh connection costs less than a tenth of a millisecond on loopback, and is never one that just closed.
    agent: false,
  });
  const slow = setTimeout(() => upstream.destroy(new Error('no connection')), CONNECT_MS);
  upstream.once('socket', (socket) => socket.once('connect', () => clearTimeout(slow)));
  const broken = (): void => {
    clearTimeout(slow);
    if (response.headersSent) response.destroy();
    else notReady(host, model, response);
  };
  upstream.on('error', broken);
  // Nobody asked for another protocol.
  upstream.once('upgrade', (_answer, socket) => {
    socket.destroy();
    broken();
  });
  upstream.once('response', (answer) => {
    if ((answer.statusCode ?? 502) < 500) return relay(answer, response);
    // A dying engine answers with errors of its own before it is gone: they are no word on the request.
    answer.on('error', broken);
    void replica.isWell().then((isWell) => {
      // Its connection broke meanwhile, and its caller knows.
      if (response.headersSent) return void answer.destroy();
      if (isWell) return relay(answer, response);
      answer.resume();
      notReady(host, model, response);
    });
  });
  response.once('close', () => upstream.destroy());
  upstream.end(body);
}

function relay(answer: IncomingMessage, response: ServerResponse): void {
  const { statusCode: status = 0 } = answer;
  response.writeHead(status < 200 ? 502 : status, pick(answer.headers, PASSED_DOWN));
  response.flushHeaders();
  // Destroys the response where the answer breaks off, before this too: it must not look like an answer's end.
  pipeline(answer, response, () => undefined);
}

function modelOf(body: Buffer): string | undefined {
  if (body.length === 0) return undefined;
  try {
    const { model } = JSON.parse(body.toString('utf8')) as { model?: unknown };
    return typeof model === 'string' ? model : undefined;
  } catch {
    return undefined;
  }
}

function modelOfForm(body: Buffer): string | undefined {
  return FORM_MODEL.exec(body.toString('utf8', 0, FORM_HEAD))?.[1];
}

/** Of a replica that starts, or that ended before it said a word: come again. */
function notReady(host: EngineHost, model: string | undefined, response: ServerResponse): void {
  const { instances } = host.status();
  const mine = instances.filter((instance) => model === undefined || instance.model === model);
  if (mine.length === 0) return openAiError(response, 404, 'This engine host does not run that model.');
  const remaining = mine.map(({ progress }) => progress?.remainingSeconds ?? 5);
  response.setHeader('retry-after', String(Math.min(600, Math.max(1, Math.min(...remaining)))));
  openAiError(response, 503, 'The model is not ready.');
}

function pick(headers: http.IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') picked[name] = value;
  }
  return picked;
}
