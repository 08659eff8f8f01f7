import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newTraceId } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { openAiError } from './openai-error.js';
import { problemOf } from './problem.filter.js';
import { isOpenAiDoor } from './request.js';

/** Addresses that the router cannot read: answered before any hook has run, in the same shape as everything else. */
export function answerBadAddress(_: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = new RequestError(400, 'INVALID_REQUEST', 'The address is not well-formed.');
  const problem = problemOf(error, newTraceId());
  void reply
    .status(400)
    .header('x-lorekeep-reference', problem.reference)
    .header('cache-control', 'no-store');
  if (isOpenAiDoor(request)) void reply.type('application/json').send(openAiError(problem));
  else void reply.type('application/problem+json').send(problem);
}

const UNREADABLE: Record<string, [status: number, text: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** What is not HTTP gets one sentence and is hung up on. */
export function answerNoHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, detail] = UNREADABLE[error.code ?? ''] ?? [400, 'The request is not well-formed HTTP.'];
  const reference = newTraceId();
  const code = 'INVALID_REQUEST';
  const title = STATUS_CODES[status];
  const problem = { type: 'urn:lorekeep:problem:invalid_request', title, status, code, detail, reference };
  const body = JSON.stringify(problem);
  if (socket.writable) {
    const head = `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\nconnection: close`;
    socket.write(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
