import type { Problem } from '@lorekeep/contracts';

export interface OpenAiError {
  error: { message: string; type: string; param: string | null; code: string; reference: string };
}

const TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'invalid_request_error',
  415: 'invalid_request_error',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
};

/** The shape that OpenAI's SDKs turn into their error classes. */
export function openAiError(problem: Problem): OpenAiError {
  return {
    error: {
      message: problem.detail ?? problem.title,
      type: TYPES[problem.status] ?? 'server_error',
      param: problem.errors?.[0]?.path || null,
      code: problem.code.toLowerCase(),
      reference: problem.reference,
    },
  };
}
