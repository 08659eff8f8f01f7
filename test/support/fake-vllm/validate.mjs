/** What a real vLLM refuses, with the bodies it refuses it with. Null when the request is accepted. */
import { errorBody, tooLong, validationError } from './shapes.mjs';

export function refusalOf(body, promptTokens, options) {
  if (!Array.isArray(body.messages)) return validationError('messages', 'Field required', body);
  if (!options.models.includes(body.model) && !String(body.model).startsWith('fault-'))
    return errorBody(404, `The model \`${body.model}\` does not exist.`, 'NotFoundError', 'model');
  if (body.messages.length === 0)
    return errorBody(
      400,
      'Cannot apply chat template to an empty conversation. Provide at least one message.',
    );
  if (body.cache_salt === '')
    return validationError(
      'cache_salt',
      "Value error, Parameter 'cache_salt' must be a non-empty string",
      body,
    );
  if (body.chat_template !== undefined)
    return errorBody(
      400,
      'Chat template is passed with request, but --trust-request-chat-template is not set. Refused request with untrusted chat template.',
    );
  if (body.tool_choice != null && !body.tools?.length)
    return errorBody(400, 'When using `tool_choice`, `tools` must be set.');
  const parameter = badParameter(body);
  if (parameter) return parameter;
  const asked = body.max_completion_tokens ?? body.max_tokens ?? 0;
  return promptTokens + asked > options.maxModelLen
    ? tooLong(options.maxModelLen, asked, promptTokens)
    : null;
}

function badParameter(body) {
  const asked = body.max_completion_tokens ?? body.max_tokens;
  if (asked !== undefined && asked < 1)
    return bad('max_tokens', `max_tokens must be at least 1, got ${asked}.`, asked);
  if (body.temperature < 0 || body.temperature > 2)
    return bad('temperature', `temperature must be in [0, 2], got ${body.temperature}.`, body.temperature);
  if (body.top_p <= 0 || body.top_p > 1)
    return bad('top_p', `top_p must be in (0, 1], got ${body.top_p}.`, body.top_p);
  if (body.n < 1) return errorBody(400, `n must be at least 1, got ${body.n}.`);
  const format = body.response_format?.type;
  if (format && !['text', 'json_object', 'json_schema'].includes(format))
    return validationError(
      'response_format',
      "Input should be 'text', 'json_object' or 'json_schema'",
      format,
    );
  return null;
}

function bad(param, message, value) {
  return errorBody(400, `${message} (parameter=${param}, value=${value})`, 'BadRequestError', param);
}
