import type { FastifyInstance } from 'fastify';
import { newTraceId } from '@lorekeep/kit/context';
import type { EdgeRequest } from './request.js';

/** Gives every request a trace id: a new one, never the caller's, since it names records in the audit. */
export function traceRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('edge', null as never);
  fastify.addHook('onRequest', (request, reply, done) => {
    (request as EdgeRequest).edge = { traceId: newTraceId(), startedAt: performance.now() };
    void reply.header('x-lorekeep-reference', (request as EdgeRequest).edge.traceId);
    done();
  });
}
