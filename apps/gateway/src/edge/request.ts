import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallContext, Caller } from '@lorekeep/kit/context';

/** What the edge keeps beside a request while it is served. */
export interface EdgeState {
  traceId: string;
  startedAt: number;
  ctx?: CallContext;
}

export interface Authenticated {
  caller: Caller;
  tenantId: string;
  /** A rotated session token, to be set as the new cookie. */
  rotatedToken?: string;
}

export type EdgeRequest = FastifyRequest & { edge: EdgeState; user?: Authenticated };
export type EdgeReply = FastifyReply;

/** OpenAI's error shape is spoken below /v1, problem details everywhere else. */
export function isOpenAiDoor(request: FastifyRequest): boolean {
  return request.url === '/v1' || request.url.startsWith('/v1/');
}
