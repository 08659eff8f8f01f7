import { TransientFault } from './weight-source.js';
import { WeightsFault } from './weights.errors.js';

/** Longest wait that a source may ask for. */
const MAX_RETRY_AFTER_MS = 60_000;

export interface HttpSettings {
  /** Time until the headers are there, and between two pieces. */
  readonly silenceMs: number;
  /** Sent to the first host only, never along a redirect. */
  readonly token?: string | undefined;
}

/**
 * One GET or HEAD. Busy and failing servers are a TransientFault, a no is a WeightsFault. The caller reads or cancels the
 * body, whose pieces come under the same limit of silence.
 */
export async function request(
  url: string,
  settings: HttpSettings,
  options: { signal: AbortSignal; method?: 'GET' | 'HEAD'; from?: number },
): Promise<Response> {
  const { signal, method = 'GET', from = 0 } = options;
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (from > 0) headers['range'] = `bytes=${from}-`;
  if (settings.token) headers['authorization'] = `Bearer ${settings.token}`;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), settings.silenceMs);
  try {
    const response = await fetch(url, { method, headers, signal: AbortSignal.any([signal, silence.signal]) });
    await checkAnswer(response, url);
    return response;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WeightsFault || error instanceof TransientFault) throw error;
    const why = silence.signal.aborted
      ? `gave no answer within ${settings.silenceMs / 1000} s`
      : 'could not be reached';
    throw new TransientFault(`${hostOf(url)} ${why}`, undefined, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function checkAnswer(response: Response, url: string): Promise<void> {
  const { status } = response;
  const encoding = response.headers.get('content-encoding') ?? 'identity';
  if (url.startsWith('https:') && response.url.startsWith('http:')) {
    await response.body?.cancel();
    throw new WeightsFault(
      'ENGINE_WEIGHTS_NOT_ALLOWED',
      `${hostOf(url)} leads to an address without TLS (${hostOf(response.url)}); that is not followed.`,
    );
  }
  if ((status === 200 || status === 206 || status === 416) && encoding === 'identity') return;
  await response.body?.cancel();
  if (status === 401 || status === 403)
    throw new WeightsFault(
      'ENGINE_WEIGHTS_NOT_ALLOWED',
      `${hostOf(url)} does not allow it (${status}): the model may have terms to accept, or a token is missing (ENGINE_HUB_TOKEN).`,
    );
  if (status === 404 || status === 410)
    throw new WeightsFault('ENGINE_WEIGHTS_NOT_FOUND', `${withoutSecrets(url)} does not exist (${status}).`);
  const said = encoding === 'identity' ? `answered ${status}` : `sends ${encoding}, which was not asked for`;
  throw new TransientFault(`${hostOf(url)} ${said}`, retryAfter(response.headers.get('retry-after')));
}

/** Pieces of a body; one that falls silent or breaks off is a TransientFault. */
export async function* piecesOf(
  response: Response,
  settings: HttpSettings,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const host = hostOf(response.url);
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), settings.silenceMs, host);
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TransientFault) throw error;
    throw new TransientFault(`${host} broke off`, undefined, { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function withinSilence<T>(work: Promise<T>, silenceMs: number, host: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new TransientFault(`${host} sent nothing for ${silenceMs / 1000} s`)),
      silenceMs,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A small text, e.g. a list of sums; a larger one is refused. */
export async function textOf(
  response: Response,
  settings: HttpSettings,
  signal: AbortSignal,
  maxBytes: number,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of piecesOf(response, settings, signal)) {
    pieces.push(piece);
    if ((bytes += piece.length) > maxBytes)
      throw new WeightsFault(
        'ENGINE_WEIGHTS_SUMS_INVALID',
        `${withoutSecrets(response.url)} has more than ${maxBytes} bytes.`,
      );
  }
  return Buffer.concat(pieces).toString('utf8');
}

export function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function retryAfter(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : undefined;
}
