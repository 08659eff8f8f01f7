import { ModelError } from './model.errors.js';

export interface PostOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly body: unknown;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Largest answer that is read, in bytes. */
  readonly bytesMax: number;
}

/** A server that wants to be left alone for longer is asked again after this. */
const RETRY_AFTER_MS_MAX = 10 * 60_000;

/** One request to a model server; its answer as JSON. @throws ModelError, or the reason of `signal` */
export async function postJson(options: PostOptions): Promise<unknown> {
  const { url, apiKey, body, timeoutMs, signal, bytesMax } = options;
  signal.throwIfAborted();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      // Texts and keys go to the configured address and nowhere else.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (!response.ok) {
      await response.body?.cancel().catch(() => undefined);
      throw errorOf(response);
    }
    return parse(await readBody(response, bytesMax));
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    signal.throwIfAborted();
    const late = (cause as { name?: unknown } | null)?.name === 'TimeoutError';
    throw new ModelError(
      'away',
      late ? `the server did not answer within ${timeoutMs} ms` : 'the server could not be reached',
      null,
      cause,
    );
  }
}

function errorOf(response: Response): ModelError {
  const { status } = response;
  const said = `the server answered ${status}`;
  if (status === 429 || status === 503)
    return new ModelError('busy', said, retryAfter(response.headers.get('retry-after')));
  if (status === 401 || status === 403)
    return new ModelError('forbidden', `${said}: the API key is not accepted`);
  if (status === 404) return new ModelError('forbidden', `${said}: no such address or model`);
  return new ModelError(status >= 500 || status === 408 ? 'away' : 'refused', said);
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | null): number | null {
  if (value === null) return null;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.min(RETRY_AFTER_MS_MAX, Math.max(0, wait)) : null;
}

async function readBody(response: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    // Leaving the loop cancels the stream.
    if (bytes > bytesMax) throw new ModelError('wrong', `the answer is longer than ${bytesMax} bytes`);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes what it read.
    throw new ModelError('wrong', 'the answer is not JSON');
  }
}
