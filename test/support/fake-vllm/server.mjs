import http from 'node:http';
import { answerTo, promptText, tokensOf } from './answer.mjs';
import { Control } from './control.mjs';
import { embeddingsOf } from './embeddings.mjs';
import { Metrics, PrefixCache } from './metrics.mjs';
import { Scheduler } from './scheduler.mjs';
import { errorBody, modelList, newId, validationError } from './shapes.mjs';
import * as speech from './speech.mjs';
import { sendJson, strikeBefore } from './strike-before.mjs';
import { streamAnswer } from './stream.mjs';
import { completeText } from './text-completion.mjs';
import { answerWhole } from './whole.mjs';
import { refusalOf } from './validate.mjs';

/** As recorded: idle connections are closed by the server after 5.0 s. */
const KEEP_ALIVE_MS = 5000;
/** /health, /metrics and /tokenize stay open when an API key is set. */
const GUARDED = '/v1';

/** What a model offers: one that makes vectors or listens has no completions. */
const DOORS = {
  write: { main: '/v1/chat/completions', text: '/v1/completions' },
  embed: { main: '/v1/embeddings', text: '' },
  transcribe: { main: '/v1/audio/transcriptions', text: '' },
};

function taskOf({ options }) {
  if (options.pooling) return 'embed';
  return options.models.every(speech.hears) ? 'transcribe' : 'write';
}

export async function startServer(options) {
  const state = {
    options,
    control: new Control(),
    metrics: new Metrics(),
    cache: new PrefixCache(),
    stopping: false,
  };
  state.control.addFaults(options.faults ?? []);
  state.scheduler = new Scheduler(options.maxNumSeqs ?? Infinity, state.metrics);
  const server = http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handle(state, request, response).catch((error) => {
      if (!response.headersSent)
        sendJson(response, 500, errorBody(500, String(error), 'InternalServerError'));
      else response.destroy();
    });
  });
  // Node adds a second of grace to the timeout that it announces.
  server.keepAliveTimeoutBuffer = 0;
  state.listen = (port) =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, options.host, resolve);
    });
  await state.listen(options.port);
  const { port } = server.address();
  state.refuse = async (milliseconds) => {
    server.close();
    server.closeAllConnections();
    const timer = setTimeout(() => state.open?.(), milliseconds);
    state.open = () => (clearTimeout(timer), delete state.open, state.listen(port));
  };
  // No route reaches a port that is closed.
  process.on('SIGUSR2', () => state.open?.());
  return {
    url: `http://${options.host}:${port}`,
    async stop() {
      state.stopping = true;
      server.close();
      const deadline = Date.now() + 500;
      while (state.metrics.running > 0 && Date.now() < deadline)
        await new Promise((go) => setTimeout(go, 10));
      server.closeAllConnections();
    },
  };
}

async function handle(state, request, response) {
  const path = new URL(request.url, 'http://x').pathname;
  if (path.startsWith('/_control/')) return steer(state, path, request, response);
  const { apiKey } = state.options;
  if (apiKey && path.startsWith(GUARDED) && request.headers.authorization !== `Bearer ${apiKey}`)
    return sendJson(response, 401, { error: 'Unauthorized' });
  switch (`${request.method} ${path}`) {
    case 'GET /health':
    case 'GET /ping':
      return response.writeHead(isDead(state) ? 503 : 200).end();
    case 'GET /version':
      return sendJson(response, 200, { version: '0.26.0' });
    case 'GET /v1/models':
      return sendJson(response, 200, modelList(state.options.models, state.options.maxModelLen));
    case 'GET /metrics':
      response.writeHead(200, { 'content-type': 'text/plain; version=1.0.0; charset=utf-8' });
      return response.end(state.metrics.text(state.options.models[0]));
    case 'POST /tokenize':
      return tokenize(state, request, response);
    case `POST ${DOORS[taskOf(state)].main}`:
      return complete(state, request, response);
    case `POST ${DOORS[taskOf(state)].text}`:
      return completeText(state, JSON.parse(await read(request)), response);
    case 'GET /v1/chat/completions':
      return sendJson(response, 405, { detail: 'Method Not Allowed' }, { allow: 'POST' });
    default:
      return sendJson(response, 404, { detail: 'Not Found' });
  }
}

const isDead = (state) => state.control.isDead() || state.options.engine?.dead === true;

async function tokenize(state, request, response) {
  const body = JSON.parse(await read(request));
  const tokens = tokensOf(body.prompt ?? promptText(body.messages)).map((_, at) => at + 1000);
  sendJson(response, 200, {
    count: tokens.length,
    max_model_len: state.options.maxModelLen,
    tokens,
    token_strs: null,
  });
}

async function complete(state, request, response) {
  if (taskOf(state) === 'transcribe') return transcribe(state, request, response);
  const text = await read(request);
  const body = parse(text);
  const entry = state.control.record(request, body ?? text);
  if (!body) {
    state.control.end(entry, 'refused');
    return sendJson(response, 400, validationError(String(text.length), 'JSON decode error', {}));
  }
  const fault = state.control.takeFault(body.model);
  if (fault && (await strikeBefore(state, fault, body, response)))
    return state.control.end(entry, fault.kind);
  if (state.options.pooling) {
    const { status, body: answer } = embeddingsOf(body, state.options);
    state.control.end(entry, status === 200 ? 'stop' : 'refused');
    state.metrics.finished.stop += 1;
    return sendJson(response, status, answer);
  }
  const prompt = tokensOf(promptText(body.messages ?? []));
  const refused = refusalOf(body, prompt.length, state.options);
  if (refused) {
    state.control.end(entry, 'refused');
    return sendJson(response, refused.error.code, refused);
  }
  return generate(state, { request, response, body, entry, fault, prompt });
}

async function transcribe(state, request, response) {
  const { body, audio } = await speech.readForm(request, await readBytes(request));
  const { control } = state;
  const entry = control.record(request, body);
  const fault = control.takeFault(body.model);
  if (fault && (await strikeBefore(state, fault, body, response))) return control.end(entry, fault.kind);
  const refused = speech.refusalOf(body, audio, state.options);
  if (refused) {
    control.end(entry, 'refused');
    return sendJson(response, refused.error.code, refused);
  }
  const script = control.takeScript();
  const seconds = speech.secondsOf(audio);
  const parts = speech.partsOf(seconds, script);
  const usage = script?.usage ?? speech.usageOf(seconds, parts, body.prompt);
  const id = `transcribe-${request.headers['x-request-id'] ?? newId().slice('chatcmpl-'.length)}`;
  const answer = { reasoning: [], content: parts.flat(), toolCalls: [], finish: script?.finish ?? 'stop' };
  await run(
    state,
    { response, entry, script },
    {
      ...{ id, body: { ...body, stream: body.stream === 'true' }, answer, fault, usage },
      chunks: () => speech.chunksOf(id, body.model, parts, answer.finish),
      usageChunk: body.stream_include_usage === 'true' ? speech.usageChunk(id, body.model, usage) : null,
      whole: () => script?.whole ?? speech.transcript(body, seconds, parts),
    },
  );
}

async function generate(state, { request, response, body, entry, fault: asked, prompt }) {
  const { control, metrics, options, cache } = state;
  const script = control.takeScript();
  const reasoning = options.reasoning || body.model.includes('gpt-oss');
  const answer = answerTo(body, script, reasoning && body.include_reasoning !== false);
  const fault = asked ?? pastEnd(body, answer);
  const hit = cache.look(prompt, body.cache_salt);
  const tokens = (answer.reasoning.length + answer.content.length) * (body.n ?? 1);
  const usage = script?.usage ?? { prompt: prompt.length, completion: tokens, ...hit };
  const id = newId(request.headers['x-request-id']);
  await run(state, { response, entry, script }, { id, body, answer, fault, usage }, () => {
    metrics.promptTokens += prompt.length;
    metrics.cacheQueries += prompt.length;
    metrics.cacheHits += hit.cached;
  });
}

/** Models whose format has a parser break where they are made to go on after their answer: no text was recorded after it. */
function pastEnd(body, answer) {
  const breaks = body.ignore_eos && body.model.includes('gpt-oss') && answer.finish === 'stop';
  return breaks ? { kind: 'past-end', after: Infinity } : null;
}

/** Waits for a place in the batch and gives the answer, whole or in pieces; `read` is called once its prompt was read: by then a token is there. */
async function run(state, { response, entry, script }, answering, read) {
  const { control, metrics, options } = state;
  const gone = new AbortController();
  response.on('close', () => {
    if (response.writableFinished) return;
    gone.abort();
    control.end(entry, 'aborted');
  });
  const timing = {
    firstTokenMs: script?.firstTokenMs ?? options.firstTokenMs,
    tokenMs: script?.tokenMs ?? options.tokenMs,
    cut: AbortSignal.any([gone.signal, control.hurry.signal]),
  };
  if (!(await state.scheduler.enter(gone.signal))) return;
  let unread = read;
  const asked = {
    ...answering,
    ...{ timing, signal: gone.signal },
    // A dead engine ends its answers in an error, also while the server ends.
    stopping: () => state.stopping && !isDead(state),
    step: async () => {
      const outcome = await step(state, gone.signal);
      if (outcome !== 'ok') return outcome;
      unread?.();
      unread = undefined;
      return outcome;
    },
    generated: (count) => (metrics.generationTokens += count),
  };
  try {
    const { stream } = answering.body;
    const outcome = stream ? await streamAnswer(response, asked) : await answerWhole(response, asked);
    if (outcome === 'hung') await untilGone(gone.signal);
    else control.end(entry, outcome);
    const reason = gone.signal.aborted ? 'abort' : outcome;
    if (reason in metrics.finished) metrics.finished[reason] += 1;
  } finally {
    state.scheduler.leave();
  }
}

/** One step of the engine, where there is one: 'ok', 'dead', or nothing until the caller goes away. */
async function step({ options }, signal) {
  if (!options.engine) return 'ok';
  return Promise.race([options.engine.step(), untilGone(signal).then(() => 'gone')]);
}

async function steer(state, path, request, response) {
  const { control } = state;
  switch (`${request.method} ${path}`) {
    case 'GET /_control/requests':
      return sendJson(response, 200, { aborted: control.aborted, requests: control.requests });
    case 'POST /_control/faults': {
      const asked = JSON.parse(await read(request));
      const faults = [asked.faults ?? asked].flat();
      const closed = faults.find((fault) => fault.kind === 'refuse' && fault.now);
      control.addFaults(faults.filter((fault) => fault !== closed));
      sendJson(response, 200, { faults: control.faults });
      if (closed) response.on('finish', () => state.refuse(closed.forMs ?? 300));
      return;
    }
    case 'POST /_control/engine':
      sendJson(response, 200, {});
      return state.options.engine?.fail(JSON.parse(await read(request)).message);
    case 'POST /_control/script':
      control.script = JSON.parse(await read(request));
      return sendJson(response, 200, { script: control.script });
    case 'POST /_control/hurry':
      control.hurry.abort();
      return sendJson(response, 200, {});
    case 'POST /_control/reset':
      control.reset();
      return sendJson(response, 200, {});
    default:
      return sendJson(response, 404, { detail: 'Not Found' });
  }
}

function untilGone(signal) {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', resolve)));
}

async function readBytes(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

const read = async (request) => (await readBytes(request)).toString('utf8');

function parse(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
