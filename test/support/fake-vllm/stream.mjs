/** Writes one answer as server-sent events, striking the fault where it was asked for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ENGINE_DEAD, PAST_END, deltaChunk, finishChunk, firstChunk, usageChunk } from './shapes.mjs';

/** What the fake sends after the answer's pieces have run out, or when the server is told to stop. */
export async function streamAnswer(response, run) {
  const { id, body, answer, fault, timing, signal } = run;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  if (fault?.kind === 'hang') return 'hung';
  await pause(timing.firstTokenMs, timing.cut);
  if (answer.raw) return sendRaw(response, answer.raw, timing, signal);
  let sent = 0;
  for (const chunk of run.chunks?.() ?? chunksOf(id, body, answer, fault)) {
    if (signal.aborted) return 'aborted';
    if (run.stopping()) return abort(response, id, body);
    if (fault && sent >= fault.after && strikes(fault.kind)) return strike(response, fault, id, body);
    if (run.step && (await run.step()) === 'dead') return failed(response, ENGINE_DEAD);
    if (signal.aborted) return 'aborted';
    send(response, chunk);
    sent += 1;
    // The first chunk holds the role alone.
    if (sent > 1) run.generated?.(1);
    if (timing.tokenMs > 0) await pause(timing.tokenMs, timing.cut);
  }
  if (fault && strikes(fault.kind)) return strike(response, fault, id, body);
  return finish(response, run);
}

function* chunksOf(id, body, answer, fault) {
  const choices = Array.from({ length: body.n ?? 1 }, (_, index) => index);
  const field = answer.reasoningField ?? 'reasoning';
  for (const index of choices) yield firstChunk(id, body.model, index);
  for (const text of answer.reasoning)
    for (const index of choices) yield deltaChunk(id, body.model, index, { [field]: text });
  for (const text of answer.content)
    for (const index of choices) {
      const delta = fault?.kind === 'wrong-channel' ? { reasoning: text } : { content: text };
      yield deltaChunk(id, body.model, index, delta);
    }
  for (const [at, call] of answer.toolCalls.entries())
    for (const index of choices) {
      const head = { id: call.id, type: 'function', index: at, function: { name: call.name, arguments: '' } };
      yield deltaChunk(id, body.model, index, { tool_calls: [head] });
      for (const piece of call.arguments.match(/[^]{1,8}/g) ?? [])
        yield deltaChunk(id, body.model, index, {
          tool_calls: [{ index: at, function: { arguments: piece } }],
        });
    }
}

const STRIKES_INSIDE = [
  'stall',
  'error-mid-stream',
  'past-end',
  'reset',
  'abort',
  'no-finish',
  'cut',
  'garbage',
  'repetition',
];
const strikes = (kind) => STRIKES_INSIDE.includes(kind);

function strike(response, fault, id, body) {
  switch (fault.kind) {
    case 'stall':
      return 'hung';
    case 'reset':
      // A reset overtakes bytes that the reader has not fetched yet.
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
      return 'reset';
    case 'abort':
      return abort(response, id, body);
    case 'error-mid-stream':
      return failed(response, ENGINE_DEAD);
    case 'past-end':
      return failed(response, PAST_END);
    case 'garbage':
      response.write('data: {"id":"chatcmpl-0","choices":[{"index":0,"del\n\n');
      break;
    case 'repetition':
      send(response, finishChunk(id, body.model, 0, {}, 'repetition'));
      break;
    case 'cut':
      response.end();
      return 'cut';
  }
  response.end('data: [DONE]\n\n');
  return fault.kind === 'repetition' ? 'repetition' : 'error';
}

function failed(response, body) {
  // The recorded text has spaces after the colons, unlike the chunks.
  response.write(`data: ${JSON.stringify(body).replaceAll(':', ': ').replaceAll(',', ', ')}\n\n`);
  response.end('data: [DONE]\n\n');
  return 'error';
}

function abort(response, id, body) {
  send(response, finishChunk(id, body.model, 0, {}, 'abort'));
  response.end('data: [DONE]\n\n');
  return 'abort';
}

function finish(response, { id, body, answer, usage, chunks, usageChunk: counted }) {
  if (chunks) {
    if (counted) send(response, counted);
    response.end('data: [DONE]\n\n');
    return answer.finish;
  }
  for (let index = 0; index < (body.n ?? 1); index += 1)
    send(response, finishChunk(id, body.model, index, { content: '' }, answer.finish, answer.stopReason));
  if (body.stream_options?.include_usage) send(response, usageChunk(id, body.model, usage));
  response.end('data: [DONE]\n\n');
  return answer.finish;
}

/** Exactly these pieces, each in a write of its own. */
async function sendRaw(response, raw, timing, signal) {
  for (const piece of raw) {
    if (signal.aborted) return 'aborted';
    response.write(piece);
    await pause(Math.max(timing.tokenMs, 2), timing.cut);
  }
  response.end();
  return 'stop';
}

function send(response, chunk) {
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

async function pause(milliseconds, signal) {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
