import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body beyond its limit. */
export class TooLarge extends Error {}

export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw new TooLarge();
    parts.push(part);
  }
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
