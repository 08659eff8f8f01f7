import { piecesOf, request, withoutSecrets, type HttpSettings } from './http-request.js';
import type { SourceBytes } from './weight-source.js';
import { TransientFault } from './weight-source.js';

const CONTENT_RANGE = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;

/** Reads a file from `from` on; a server that ignores Range begins at 0, and one that lies about it is tried again. */
export async function readOverHttp(
  url: string,
  from: number,
  settings: HttpSettings,
  signal: AbortSignal,
): Promise<SourceBytes> {
  const response = await request(url, settings, { signal, from });
  const pieces = piecesOf(response, settings, signal);
  if (response.status === 200) return { from: 0, total: lengthOf(response), pieces };
  const [, start, , total] = CONTENT_RANGE.exec(response.headers.get('content-range') ?? '') ?? [];
  if (response.status === 206 && Number(start) === from)
    return { from, total: total === undefined || total === '*' ? undefined : Number(total), pieces };
  await response.body?.cancel();
  // Nothing is left to read: what is there is whole.
  if (response.status === 416 && response.headers.get('content-range') === `bytes */${from}`)
    return { from, total: from, pieces: nothing() };
  if (response.status === 416 && from > 0) return readOverHttp(url, 0, settings, signal);
  throw new TransientFault(
    `${withoutSecrets(url)} answered ${response.status} with another range than asked for`,
  );
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** What HEAD says; undefined where it says nothing. */
export async function sizeOverHttp(
  url: string,
  settings: HttpSettings,
  signal: AbortSignal,
): Promise<number | undefined> {
  const response = await request(url, settings, { signal, method: 'HEAD' });
  await response.body?.cancel();
  return lengthOf(response);
}

function lengthOf(response: Response): number | undefined {
  const length = response.headers.get('content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}
