import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body beyond its limit. */
export class TooLarge extends Error {}

/** The whole body. Throws TooLarge and lets the rest run into nothing, so that the caller gets to read why. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced <= limit)
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > limit) break;
      parts.push(part);
    }
  if (announced <= limit && size <= limit) return Buffer.concat(parts);
  request.resume();
  throw new TooLarge();
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
