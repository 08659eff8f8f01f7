/** Writes one answer in one piece, striking the fault where it was asked for. */
import { ENGINE_DEAD, PAST_END, completion } from './shapes.mjs';

export async function answerWhole(response, run) {
  const { id, body, answer, fault, timing, usage, signal } = run;
  await untilWritten(timing.firstTokenMs + timing.tokenMs * answer.content.length, timing.cut);
  if (run.step && (await run.step()) === 'dead') {
    send(response, 500, JSON.stringify(ENGINE_DEAD));
    return 'error';
  }
  if (signal.aborted) return 'aborted';
  run.generated?.((answer.reasoning.length + answer.content.length) * (body.n ?? 1));
  const finish = { abort: 'abort', 'no-finish': null, repetition: 'repetition' }[fault?.kind];
  const choice = choiceOf(
    answer,
    fault?.kind === 'wrong-channel',
    finish === undefined ? answer.finish : finish,
  );
  const text = JSON.stringify(
    run.whole?.() ?? completion(id, body.model, Array(body.n ?? 1).fill(choice), usage),
  );
  return strike(response, fault, text) ?? (send(response, 200, text), answer.finish);
}

function choiceOf(answer, wrongChannel, finish) {
  const content = answer.content.join('');
  const reasoning = answer.reasoning.join('');
  return {
    content: wrongChannel || answer.toolCalls.length > 0 ? null : content,
    reasoning: wrongChannel ? reasoning + content : reasoning || null,
    toolCalls: answer.toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    })),
    finish,
    stopReason: answer.stopReason,
  };
}

/** What becomes of the request; undefined where the fault leaves the answer whole. */
function strike(response, fault, text) {
  switch (fault?.kind) {
    case 'stall':
      return 'hung';
    case 'hang':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      return 'hung';
    case 'error-mid-stream':
      send(response, 500, JSON.stringify(ENGINE_DEAD));
      return 'error';
    case 'past-end':
      send(response, 500, JSON.stringify(PAST_END));
      return 'error';
    case 'garbage':
      send(response, 200, text.slice(0, text.length / 2));
      return 'error';
    case 'reset':
    case 'cut':
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.write(text.slice(0, text.length / 2));
      setTimeout(() => (fault.kind === 'cut' ? response.destroy() : response.socket?.resetAndDestroy()), 20);
      return fault.kind;
    default:
      return undefined;
  }
}

function send(response, status, text) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
}

function untilWritten(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()));
  });
}
