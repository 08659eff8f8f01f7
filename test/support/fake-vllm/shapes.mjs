/** The JSON bodies of vLLM 0.26, field by field as recorded. */
import { randomBytes } from 'node:crypto';

const FINGERPRINT = 'vllm-0.26.0-tp2-fa5e0000';
const seconds = () => Math.floor(Date.now() / 1000);

/** `X-Request-Id` becomes the id: `chatcmpl-<it>`. */
export function newId(requestId) {
  return `chatcmpl-${requestId || randomBytes(8).toString('hex')}`;
}

export function firstChunk(id, model, index) {
  return {
    ...envelope(id, model),
    choices: [{ index, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }],
    prompt_token_ids: null,
    prompt_text: null,
  };
}

export function deltaChunk(id, model, index, delta) {
  return {
    ...envelope(id, model),
    choices: [{ index, delta, logprobs: null, finish_reason: null, token_ids: null }],
  };
}

export function finishChunk(id, model, index, delta, reason, stopReason = null) {
  return {
    ...envelope(id, model),
    choices: [
      { index, delta, logprobs: null, finish_reason: reason, stop_reason: stopReason, token_ids: null },
    ],
    system_fingerprint: FINGERPRINT,
  };
}

export function usageChunk(id, model, usage) {
  return {
    ...envelope(id, model),
    choices: [],
    usage: usageBody(usage, { created_cache_tokens: usage.created }),
    system_fingerprint: FINGERPRINT,
  };
}

export function completion(id, model, choices, usage) {
  return {
    id,
    object: 'chat.completion',
    created: seconds(),
    model,
    choices: choices.map((choice, index) => ({
      index,
      message: {
        role: 'assistant',
        content: choice.content,
        refusal: null,
        annotations: null,
        audio: null,
        function_call: null,
        ...(choice.toolCalls?.length ? { tool_calls: choice.toolCalls } : {}),
        reasoning: choice.reasoning,
      },
      logprobs: null,
      finish_reason: choice.finish,
      stop_reason: choice.stopReason ?? null,
      token_ids: null,
      routed_experts: null,
    })),
    service_tier: null,
    system_fingerprint: FINGERPRINT,
    usage: usageBody(usage, { created_cache_tokens: usage.created, multimodal_tokens: null }),
    prompt_logprobs: null,
    prompt_token_ids: null,
    prompt_text: null,
    kv_transfer_params: null,
    ec_transfer_params: null,
    metrics: null,
  };
}

export function modelList(models, maxModelLen) {
  return {
    object: 'list',
    data: models.map((id) => ({
      id,
      object: 'model',
      created: seconds(),
      owned_by: 'vllm',
      root: `/models/${id}`,
      parent: null,
      max_model_len: maxModelLen,
      permission: [
        {
          id: `modelperm-${randomBytes(8).toString('hex')}`,
          object: 'model_permission',
          created: seconds(),
          allow_create_engine: false,
          allow_sampling: true,
          allow_logprobs: true,
          allow_search_indices: false,
          allow_view: true,
          allow_fine_tuning: false,
          organization: '*',
          group: null,
          is_blocking: false,
        },
      ],
    })),
  };
}

/** `code` is the HTTP status as a number; 401, 404 of a path and 405 have other shapes. */
export function errorBody(status, message, type = 'BadRequestError', param = null) {
  return { error: { message, type, param, code: status } };
}

export const ENGINE_DEAD = errorBody(
  500,
  'EngineCore encountered an issue. See stack trace (above) for the root cause.',
  'InternalServerError',
);

export const NO_VOCABULARY = errorBody(
  500,
  'error downloading or loading vocab file: failed to download or load vocab file',
  'InternalServerError',
);

/** What the parser of gpt-oss's format says when `ignore_eos` drives the model past the end of its answer. */
export const PAST_END = errorBody(
  500,
  'Unexpected token 200002 while expecting start token 200006',
  'InternalServerError',
);

/** Validation errors echo the input back: what must never reach a caller. */
export function validationError(field, message, input) {
  const text = `1 validation error:\n  {'type': 'value_error', 'loc': ('body', '${field}'), 'msg': '${message}', 'input': ${JSON.stringify(input)}}`;
  return errorBody(400, text, 'Bad Request', `body.${field}`);
}

export function tooLong(limit, asked, prompt) {
  return errorBody(
    400,
    `This model's maximum context length is ${limit} tokens. However, you requested ${asked} output tokens and your prompt contains at least ${prompt} input tokens, for a total of at least ${asked + prompt} tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=${prompt})`,
    'BadRequestError',
    'input_tokens',
  );
}

function envelope(id, model) {
  return { id, object: 'chat.completion.chunk', created: seconds(), model };
}

function usageBody(usage, details) {
  return {
    prompt_tokens: usage.prompt,
    total_tokens: usage.prompt + usage.completion,
    completion_tokens: usage.completion,
    prompt_tokens_details: { cached_tokens: usage.cached, ...details },
  };
}
