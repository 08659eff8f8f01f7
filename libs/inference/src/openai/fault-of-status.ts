import { InferenceFault, type InferenceCode } from '../inference.errors.js';

/** As vLLM and others say that a model has no such door. */
const UNSUPPORTED_TEXT = /does not support [\w /-]{1,40} API/i;
const TOO_LONG_PARAMETERS = new Set(['input_tokens', 'input_text']);

/** What an answer other than 200 means. Its text is looked at and never kept: it may echo the prompt. */
export function faultOfStatus(status: number, body: string): InferenceFault {
  const cause = new Error(`the model server answered ${status}`);
  switch (status) {
    case 400:
    case 413:
      return new InferenceFault(verdictOf(status, body), { cause });
    case 401:
    case 403:
      return new InferenceFault('INFERENCE_UNAUTHORIZED', { cause });
    case 404:
      // A path that is not there has a body of another shape than a model that is not.
      return new InferenceFault(errorOf(body) ? 'INFERENCE_MODEL_MISSING' : 'INFERENCE_UNSUPPORTED', {
        cause,
      });
    case 405:
    case 501:
      return new InferenceFault('INFERENCE_UNSUPPORTED', { cause });
    // vLLM's queue is full; 429 is what others say.
    case 429:
    case 503:
      return new InferenceFault('INFERENCE_BUSY', { cause });
    default:
      return new InferenceFault(status >= 500 ? 'INFERENCE_FAILED' : 'INFERENCE_REJECTED', { cause });
  }
}

function verdictOf(status: number, body: string): InferenceCode {
  const error = errorOf(body);
  const tooLong =
    status === 413 ||
    TOO_LONG_PARAMETERS.has(String(error?.param)) ||
    error?.code === 'context_length_exceeded';
  if (tooLong) return 'INFERENCE_TOO_LONG';
  return UNSUPPORTED_TEXT.test(String(error?.message).slice(0, 200))
    ? 'INFERENCE_UNSUPPORTED'
    : 'INFERENCE_REJECTED';
}

/** The error in OpenAI's shape; null where the body has none. */
function errorOf(body: string): { param?: unknown; code?: unknown; message?: unknown } | null {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    return typeof error === 'object' ? error : null;
  } catch {
    return null;
  }
}
