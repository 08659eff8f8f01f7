import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeS3 {
  readonly address: string;
  /** By key. */
  readonly objects: Map<string, Buffer>;
  readonly requests: string[];
  /** Instead of the right answer: a status, or `handled`. */
  before: (request: IncomingMessage, response: ServerResponse) => number | 'handled' | undefined;
  close(): Promise<void>;
}

export const S3_KEYS = { accessKeyId: 'AKIATEST', secretAccessKey: 'test/secret+key' };
const REGION = 'eu-central-1';
const BUCKET = 'handbooks';

/** One bucket (`handbooks`, path style) that asks for Signature Version 4 and lists a few keys a page, as S3 does. */
export async function startFakeS3(pageSize = 3): Promise<FakeS3> {
  const server = createServer((request, response) => {
    self.requests.push(`${request.method} ${request.url}`);
    const wanted = self.before(request, response);
    if (wanted === 'handled') return;
    if (wanted !== undefined) fail(response, wanted, 'SlowDown');
    else if (!isSigned(request)) fail(response, 403, 'SignatureDoesNotMatch');
    else answer(request, response);
  });
  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [, bucket, ...rest] = url.pathname.split('/');
    if (bucket !== BUCKET) return fail(response, 404, 'NoSuchBucket');
    const key = decodeURIComponent(rest.join('/'));
    if (key === '') return void response.end(list(self.objects, url.searchParams, pageSize));
    const content = self.objects.get(key);
    if (!content) return fail(response, 404, 'NoSuchKey');
    const wanted = request.headers['if-match'];
    if (wanted !== undefined && wanted !== etag(content)) return fail(response, 412, 'PreconditionFailed');
    response.setHeader('etag', etag(content)).setHeader('content-length', content.length).end(content);
  }
  const self: FakeS3 = {
    address: '',
    objects: new Map(),
    requests: [],
    before: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(self, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

export const s3Settings = (address: string, prefix = ''): Record<string, unknown> => ({
  kind: 'bucket',
  endpoint: address,
  region: REGION,
  bucket: BUCKET,
  prefix,
  pathStyle: true,
});

const etag = (content: Buffer): string => `"${createHash('md5').update(content).digest('hex')}"`;

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

function list(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams, pageSize: number): string {
  const prefix = query.get('prefix') ?? '';
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageSize);
  const truncated = keys.length > page.length;
  const contents = page.map((key) => {
    const content = objects.get(key) as Buffer;
    return `<Contents><Key>${encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+')}</Key>
      <LastModified>2026-01-05T09:00:00.000Z</LastModified><ETag>${etag(content).replaceAll('"', '&quot;')}</ETag>
      <Size>${content.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const next = truncated
    ? `<NextContinuationToken>${Buffer.from(page.at(-1) ?? '').toString('base64')}</NextContinuationToken>`
    : '';
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
    <Name>${BUCKET}</Name><EncodingType>url</EncodingType><KeyCount>${page.length}</KeyCount>
    <IsTruncated>${truncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
}

/** Signature Version 4 as Amazon describes it, over the headers that the request says are signed. */
function isSigned(request: IncomingMessage): boolean {
  const field = request.headers.authorization ?? '';
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      field,
    );
  if (!match) return false;
  const [, keyId, day = '', region = '', signed = '', signature] = match;
  const url = new URL(request.url ?? '/', 'http://s3');
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const payload = String(request.headers['x-amz-content-sha256'] ?? '');
  const path = url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const canonical = [request.method, path, query, headers.join(''), signed, payload].join('\n');
  const time = String(request.headers['x-amz-date'] ?? '');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  const hmac = (key: Buffer | string, value: string): Buffer =>
    createHmac('sha256', key).update(value).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${S3_KEYS.secretAccessKey}`, day), region), 's3'), 'aws4_request');
  const fresh =
    Math.abs(
      Date.now() -
        Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')),
    ) < 900_000;
  return (
    keyId === S3_KEYS.accessKeyId &&
    region === REGION &&
    fresh &&
    signed.includes('host') &&
    hmac(key, text).toString('hex') === signature
  );
}
