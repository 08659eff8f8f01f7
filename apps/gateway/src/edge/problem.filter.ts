import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Problem } from '@lorekeep/contracts';
import { Fault, isRefusal, RequestError, type Refusal } from '@lorekeep/kit/errors';
import type { Logger } from '@lorekeep/kit/telemetry';
import { LOGGER } from '../wiring/tokens.js';
import { isOpenAiDoor, type EdgeReply, type EdgeRequest } from './request.js';
import { openAiError } from './openai-error.js';

/** The one place where errors become HTTP: safe text, a code and the reference go out, the cause goes to the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<EdgeRequest>();
    const reply = host.switchToHttp().getResponse<EdgeReply>();
    const problem = problemOf(error, request.edge?.traceId ?? '', request.routeOptions?.bodyLimit);
    if (problem.status >= 500) {
      this.log.error({ err: error, reference: problem.reference, code: problem.code }, 'request failed');
    }
    if (reply.raw.headersSent || reply.raw.destroyed) {
      reply.raw.destroy();
      return;
    }
    if (problem.retryAfter !== undefined)
      void reply.header('retry-after', String(Math.ceil(problem.retryAfter)));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="lorekeep"');
    void reply.header('cache-control', 'no-store').status(problem.status);
    const send = () => {
      if (isOpenAiDoor(request)) void reply.type('application/json').send(openAiError(problem));
      else void reply.type('application/problem+json').send(problem);
    };
    if (problem.status === 413) return afterBody(request, send);
    send();
    dropBody(request);
  }
}

/** A body that is not wanted is read and dropped for so long, in milliseconds. */
const DROP_MS = 5_000;

/** Whoever still sends does not read, and a connection that is closed meanwhile is reset: the answer would be lost. */
function afterBody({ raw }: EdgeRequest, send: () => void): void {
  if (raw.readableEnded || raw.destroyed) return send();
  const done = () => {
    clearTimeout(timer);
    raw.off('end', done).off('close', done);
    send();
  };
  const timer = setTimeout(done, DROP_MS);
  raw.once('end', done).once('close', done);
  dropBody({ raw });
}

/** What still comes is not wanted; unread, it would keep the connection from its next request. */
function dropBody({ raw }: Pick<EdgeRequest, 'raw'>): void {
  if (raw.readableEnded) return;
  raw.unpipe();
  raw.resume();
}

/** `bodyLimit`: bytes, where they are known. */
export function problemOf(error: unknown, reference: string, bodyLimit?: number): Problem {
  if (isRefusal(error)) return refusalProblem(error, reference);
  if (error instanceof RequestError) {
    return body(
      error.status,
      error.code,
      error.safeText,
      reference,
      error.details.length ? { errors: error.details } : {},
    );
  }
  if (error instanceof Fault) {
    const { status, code, safeText, retryAfter } = error;
    return body(status, code, safeText, reference, retryAfter === undefined ? {} : { retryAfter });
  }
  const status = statusOf(error);
  const known = FRAMEWORK[status];
  if (known) return body(status, known.code, known.text(bodyLimit), reference);
  return body(
    500,
    'UNEXPECTED',
    'Something went wrong on our side. The reference leads to it in the log.',
    reference,
  );
}

export function refusalProblem(refusal: Refusal, reference: string): Problem {
  return {
    ...body(refusal.status, refusal.code, refusal.text, reference),
    ...(refusal.retryAfter === undefined ? {} : { retryAfter: refusal.retryAfter }),
    ...(refusal.facts === undefined ? {} : { facts: refusal.facts }),
  };
}

const FRAMEWORK: Record<number, { code: string; text: (bodyLimit?: number) => string }> = {
  400: {
    code: 'INVALID_REQUEST',
    text: () => 'The request is not well-formed.',
  },
  404: { code: 'NOT_FOUND', text: () => 'There is nothing here that you may see.' },
  405: { code: 'METHOD_NOT_ALLOWED', text: () => 'This address does not take that method.' },
  413: {
    code: 'BODY_TOO_LARGE',
    text: (limit) => `The body is larger than the ${limit ?? ''} bytes allowed here.`,
  },
  415: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    text: () => 'Send application/json (or multipart/form-data for uploads).',
  },
};

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

function body(
  status: number,
  code: string,
  detail: string,
  reference: string,
  more: Partial<Problem> = {},
): Problem {
  return {
    type: `urn:lorekeep:problem:${code.toLowerCase()}`,
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    reference,
    ...more,
  };
}

const TITLES: Record<number, string> = {
  400: 'Invalid request',
  401: 'Not signed in',
  403: 'Not permitted',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Refused by policy',
  429: 'Limit reached',
  500: 'Internal error',
  502: 'Model unavailable',
  503: 'Temporarily unavailable',
};
