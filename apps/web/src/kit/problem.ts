import type { Problem } from '@lorekeep/contracts';

/** An answer of the gateway that says no, as RFC 9457 describes it. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiProblem';
  }
}

/** The gateway was not reached, or what came back was not from it. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('The server cannot be reached', { cause });
    this.name = 'Unreachable';
  }
}

export function isStatus(error: unknown, status: number): error is ApiProblem {
  return error instanceof ApiProblem && error.problem.status === status;
}

/** Reads a failed response; a body that is no problem document becomes one. */
export function problemOf(status: number, body: string): ApiProblem | Unreachable {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && 'title' in value && 'code' in value) {
      return new ApiProblem(value as Problem);
    }
  } catch {
    // Not JSON: a proxy or a crash answered.
  }
  if (status >= 500) return new Unreachable(`status ${status}`);
  return new ApiProblem({
    type: 'about:blank',
    title: `HTTP ${status}`,
    status,
    code: `HTTP_${status}`,
    reference: '',
  });
}
