import type { FastifyError, FastifyInstance } from 'fastify';
import { RequestError } from '@lorekeep/kit/errors';

/** Objects and arrays inside one another. The deepest honest body (a tool's JSON schema) needs about twenty. */
export const JSON_DEPTH_LIMIT = 64;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The only body that is parsed before a handler runs. Broken UTF-8 is refused instead of repaired, and depth is bounded:
 * whoever writes the value out again does so recursively. Of a key given twice the last one counts, as in JSON.parse.
 */
export function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = readJsonText(body as Buffer);
    if (text instanceof Error) return done(text as FastifyError);
    // A client that announces JSON and sends none: the contract says what is missing.
    if (text.trim() === '') return done(null, undefined);
    return parse(request, text, (error, value) =>
      error ? done(notJson() as FastifyError) : done(null, value),
    );
  });
}

/** The text of a body, or why it cannot be JSON. */
export function readJsonText(body: Uint8Array): string | RequestError {
  if (depthOf(body) > JSON_DEPTH_LIMIT) {
    return new RequestError(
      400,
      'INVALID_REQUEST',
      `The body is nested deeper than the ${JSON_DEPTH_LIMIT} levels that are allowed.`,
    );
  }
  try {
    return decoder.decode(body);
  } catch {
    return notJson();
  }
}

function notJson(): RequestError {
  return new RequestError(
    400,
    'INVALID_REQUEST',
    'The request is not well-formed: the body must be valid JSON in UTF-8.',
  );
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Deepest level of brackets outside of strings, in one pass over the bytes. */
export function depthOf(body: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index];
    if (inString) {
      if (byte === BACKSLASH) index++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return deepest;
}
