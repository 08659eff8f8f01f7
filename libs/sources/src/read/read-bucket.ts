import { setTimeout as delay } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { SourceSecret } from '@lorekeep/contracts';
import { allowedUrl, type ReachRules } from '../reach/allowed-address.js';
import type { Outbound, OutboundAnswer } from '../reach/outbound.js';
import { SourceProblem } from '../sources.errors.js';
import { errorCode, readPage } from './list-bucket.js';
import { readLimited } from './read-limited.js';
import type { Found, ReadFile, SourceReader } from './source-reader.js';

export interface BucketPlace {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly pathStyle: boolean;
}

/** A page has at most 1,000 keys of at most 1,024 bytes, percent-encoded. */
const PAGE_MAX = 16 * 1024 * 1024;
const ERROR_MAX = 64 * 1024;
const TRIES = 4;
const FIRST_WAIT_MS = 250;

/** Objects of an S3-compatible bucket below a prefix, by ListObjectsV2 and GetObject under Signature Version 4. */
export class BucketReader implements SourceReader {
  private readonly base: URL;

  /** Throws SourceProblem: ADDRESS_…, HTTP_FORBIDDEN, DENIED without keys. */
  constructor(
    private readonly place: BucketPlace,
    private readonly secret: SourceSecret | null,
    private readonly outbound: Outbound,
    rules: ReachRules,
  ) {
    const url = allowedUrl(place.endpoint, rules);
    if (!place.pathStyle) url.hostname = `${place.bucket}.${url.hostname}`;
    const root = url.pathname.replace(/\/+$/, '');
    url.pathname = place.pathStyle ? `${root}/${place.bucket}` : root;
    this.base = url;
  }

  async *list(signal: AbortSignal): AsyncIterable<Found> {
    let token: string | null = null;
    do {
      const page = await this.page(token, signal);
      for (const { key, etag, size, modified } of page.objects) {
        const path = key.slice(this.place.prefix.length).replace(/^\//, '');
        // Consoles make folders as empty objects.
        if (path === '' || key.endsWith('/')) continue;
        yield {
          path,
          fingerprint: `${etag}:${size}:${modified}`,
          bytes: size,
          read: (limit, aborted) => this.read(key, etag, limit, aborted),
        };
      }
      if (page.next !== null && page.next === token) throw new SourceProblem('SOURCE_DAMAGED');
      token = page.next;
    } while (token !== null);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async page(token: string | null, signal: AbortSignal): Promise<ReturnType<typeof readPage>> {
    const url = new URL(this.base);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/`;
    url.searchParams.set('list-type', '2');
    url.searchParams.set('encoding-type', 'url');
    if (this.place.prefix !== '') url.searchParams.set('prefix', this.place.prefix);
    if (token !== null) url.searchParams.set('continuation-token', token);
    const answer = await this.send(url, {}, signal);
    if (answer.status !== 200) throw await problemOfAnswer(answer);
    return readPage((await readLimited(answer.body, PAGE_MAX, 'SOURCE_DAMAGED')).toString('utf8'));
  }

  private async read(key: string, etag: string, limit: number, signal: AbortSignal): Promise<ReadFile> {
    const url = new URL(this.base);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${key.split('/').map(encodeURIComponent).join('/')}`;
    // What is read is what was listed, or nothing.
    const answer = await this.send(url, etag === '' ? {} : { 'if-match': etag }, signal);
    if (answer.status === 404 || answer.status === 412) {
      for await (const part of answer.body) void part;
      throw new SourceProblem('FILE_CHANGING');
    }
    if (answer.status !== 200) {
      const problem = await problemOfAnswer(answer);
      // One object may be closed, or asleep in an archive, in a bucket that can be listed.
      throw problem.code === 'SOURCE_DENIED' ? new SourceProblem('FILE_UNREADABLE', problem.detail) : problem;
    }
    const length = Number(answer.headers['content-length'] ?? Number.NaN);
    if (length > limit) throw new SourceProblem('FILE_TOO_LARGE');
    const content = await readLimited(answer.body, limit, 'FILE_TOO_LARGE').catch((cause: unknown) => {
      throw cause instanceof SourceProblem && cause.code === 'SOURCE_UNREACHABLE'
        ? new SourceProblem('FILE_INCOMPLETE', undefined, { cause })
        : cause;
    });
    if (!Number.isNaN(length) && content.length !== length) throw new SourceProblem('FILE_INCOMPLETE');
    return { content };
  }

  /** What the server is too busy for is asked again, a few times. */
  private async send(
    url: URL,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.outbound.send({
        method: 'GET',
        url: url.href,
        headers: await this.sign(url, headers),
        signal,
      });
      if (attempt >= TRIES || (answer.status < 500 && answer.status !== 429)) return answer;
      for await (const part of answer.body) void part;
      await delay(FIRST_WAIT_MS * 2 ** (attempt - 1), undefined, { signal });
    }
  }

  private async sign(url: URL, headers: Record<string, string>): Promise<Record<string, string>> {
    // A bucket that everybody may read needs none.
    if (!this.secret || !('accessKeyId' in this.secret)) return headers;
    const { accessKeyId, secretAccessKey, sessionToken } = this.secret;
    const signed = await new AwsV4Signer({
      method: 'GET',
      url: url.href,
      headers,
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
      service: 's3',
      region: this.place.region,
    }).sign();
    return Object.fromEntries(signed.headers as unknown as Iterable<[string, string]>);
  }
}

const MISSING = new Set(['NoSuchBucket', 'NoSuchKey', 'PermanentRedirect', 'AuthorizationHeaderMalformed']);

async function problemOfAnswer(answer: OutboundAnswer): Promise<SourceProblem> {
  const body = await readLimited(answer.body, ERROR_MAX, 'SOURCE_DAMAGED').catch(() => Buffer.alloc(0));
  const code = errorCode(body.toString('utf8'));
  const detail = code === '' ? `(HTTP ${answer.status})` : `(${code})`;
  if (MISSING.has(code) || answer.status === 404) return new SourceProblem('SOURCE_NOT_FOUND', detail);
  if (answer.status === 401 || answer.status === 403) return new SourceProblem('SOURCE_DENIED', detail);
  return new SourceProblem('SOURCE_UNREACHABLE', detail);
}
