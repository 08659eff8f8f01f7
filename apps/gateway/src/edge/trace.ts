import type { FastifyInstance } from 'fastify';
import { newTraceId } from '@lorekeep/kit/context';
import type { EdgeRequest } from './request.js';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Gives every request a trace id: a new one, never the caller's, since it names records in the audit. */
export function traceRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('edge', null as never);
  fastify.addHook('onRequest', (request, reply, done) => {
    (request as EdgeRequest).edge = { traceId: newTraceId(), startedAt: performance.now() };
    void reply.header('x-lorekeep-reference', (request as EdgeRequest).edge.traceId);
    done();
  });
}

/** The caller's own trace id (W3C), for correlation in logs only. */
export function callersTrace(request: EdgeRequest): string | undefined {
  const header = request.headers.traceparent;
  return typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined;
}
