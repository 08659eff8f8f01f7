import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body beyond its limit. */
export class TooLarge extends Error {}

/** What is read of a body beyond its limit, into nothing: a caller who still writes does not read the answer. */
const DRAINED = 8;

/** The whole body. Throws TooLarge once the caller has written it, or eight times the limit. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= limit) parts.push(part);
    else parts.length = 0;
    if (size > limit * DRAINED) break;
  }
  if (size > limit) throw new TooLarge();
  return Buffer.concat(parts);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const TYPES: Readonly<Record<number, string>> = {
  401: 'AuthenticationError',
  404: 'NotFoundError',
  413: 'BadRequestError',
};

/** OpenAI's shape of an error, as vLLM has it. */
export function openAiError(response: ServerResponse, status: number, message: string): void {
  const type = TYPES[status] ?? 'InternalServerError';
  sendJson(response, status, { error: { message, type, param: null, code: status } });
}
