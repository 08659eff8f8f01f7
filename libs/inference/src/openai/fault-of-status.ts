import { InferenceFault } from '../inference.errors.js';

const TOO_LONG_PARAMETERS = new Set(['input_tokens', 'input_text']);

/** What an answer other than 200 means. Its text is looked at and never kept: it may echo the prompt. */
export function faultOfStatus(status: number, body: string): InferenceFault {
  const cause = new Error(`the model server answered ${status}`);
  switch (status) {
    case 400:
    case 413:
      return new InferenceFault(isTooLong(status, body) ? 'INFERENCE_TOO_LONG' : 'INFERENCE_REJECTED', {
        cause,
      });
    case 401:
    case 403:
      return new InferenceFault('INFERENCE_UNAUTHORIZED', { cause });
    case 404:
      return new InferenceFault('INFERENCE_MODEL_MISSING', { cause });
    // vLLM's queue is full; 429 is what others say.
    case 429:
    case 503:
      return new InferenceFault('INFERENCE_BUSY', { cause });
    default:
      return new InferenceFault(status >= 500 ? 'INFERENCE_FAILED' : 'INFERENCE_REJECTED', { cause });
  }
}

function isTooLong(status: number, body: string): boolean {
  if (status === 413) return true;
  try {
    const { error } = JSON.parse(body) as { error?: { param?: unknown; code?: unknown } };
    return TOO_LONG_PARAMETERS.has(String(error?.param)) || error?.code === 'context_length_exceeded';
  } catch {
    return false;
  }
}
