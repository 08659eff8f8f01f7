/** `/v1/completions`, as recorded: what a supervisor asks, so the answers are always the same words. */
import { randomBytes } from 'node:crypto';
import { ENGINE_DEAD } from './shapes.mjs';

const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
let answered = 0;

export async function completeText(state, body, response) {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { options, scheduler, metrics } = state;
  if (!(await scheduler.enter(gone.signal))) return;
  try {
    const tokens = body.max_tokens ?? 16;
    for (let at = 0; at < tokens; at += 1) {
      const step = options.engine?.step() ?? 'ok';
      const ended = await Promise.race([
        step,
        new Promise((resolve) => gone.signal.addEventListener('abort', resolve)),
      ]);
      if (gone.signal.aborted) return;
      if (ended === 'dead') return send(response, 500, ENGINE_DEAD);
      metrics.generationTokens += 1;
    }
    send(response, 200, bodyOf(body, tokens, answered >= (options.garbageFrom ?? Infinity)));
    answered += 1;
  } finally {
    scheduler.leave();
  }
}

function bodyOf(body, tokens, garbage) {
  const words = Array.from({ length: tokens }, (_, at) => WORDS[at % WORDS.length]).join(' ');
  const prompt = String(body.prompt).split(/\s+/).length;
  return {
    id: `cmpl-${randomBytes(8).toString('hex')}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [
      {
        index: 0,
        text: garbage ? randomBytes(tokens).toString('hex') : words,
        logprobs: null,
        finish_reason: 'length',
        stop_reason: null,
        token_ids: null,
        prompt_logprobs: null,
        prompt_token_ids: null,
        routed_experts: null,
      },
    ],
    service_tier: null,
    system_fingerprint: null,
    usage: {
      prompt_tokens: prompt,
      total_tokens: prompt + tokens,
      completion_tokens: tokens,
      prompt_tokens_details: null,
    },
    kv_transfer_params: null,
    ec_transfer_params: null,
    metrics: null,
  };
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
