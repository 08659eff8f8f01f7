import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { S3_KEYS, s3Settings, startFakeS3, type FakeS3 } from '../support/fake-s3.js';
import { until } from '../support/until.js';
import { counts, SourceWorld } from './source-world.js';

let world: SourceWorld;
let s3: FakeS3;

beforeAll(async () => {
  world = await SourceWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.begin();
  s3 = await startFakeS3();
  for (const [key, text] of Object.entries({
    'docs/leave.md': 'leave is 25 days',
    'docs/人事/休假 规定.md': '年假二十五天',
    'docs/a+b & c.md': 'signs in names',
    "docs/it's (new)!*.md": 'more signs',
    'docs/empty-folder/': '',
    'docs/x/y/z.md': 'deep',
    'elsewhere/other.md': 'not below the prefix',
  }))
    put(key, text);
});
afterEach(() => s3.close());

const put = (key: string, text: string) => s3.objects.set(key, Buffer.from(text));
const add = (more = {}) => world.add(s3Settings(s3.address, 'docs/'), { secret: S3_KEYS, ...more });
const test = async (settings: object, secret: object | null = S3_KEYS) =>
  (
    await world.domain.test.run(world.writer, {
      settings: { ...s3Settings(s3.address, 'docs/'), ...settings } as never,
      secret: secret as never,
    })
  ).code;

describe('a bucket as a source', () => {
  it('is listed page by page below its prefix, and followed by ETag', async () => {
    const { id } = await add();
    const first = await world.sync(id);
    expect(first.lastRun).toMatchObject({ state: 'done', error: null, added: 5, listed: 5 });
    expect(Object.keys(await world.tree()).sort()).toEqual(
      ["it's (new)!*.md", 'a+b & c.md', 'leave.md', 'x/y/z.md', '人事/休假 规定.md'].sort(),
    );
    expect(s3.requests.filter((request) => request.includes('list-type')).length).toBe(2);

    s3.requests.length = 0;
    expect(counts(await world.sync(id))).toEqual({ unchanged: 5 });
    expect(s3.requests.every((request) => request.includes('list-type'))).toBe(true);

    put('docs/leave.md', 'leave is 30 days');
    put('docs/moved.md', 'deep');
    s3.objects.delete('docs/x/y/z.md');
    s3.objects.delete('docs/a+b & c.md');
    expect(counts(await world.sync(id))).toEqual({ changed: 1, moved: 1, deleted: 1, unchanged: 2 });
    expect(await world.tree()).toMatchObject({ 'leave.md': 'leave is 30 days', 'moved.md': 'deep' });
  });

  it('says what is wrong: keys, bucket, server', async () => {
    expect(await test({})).toBeNull();
    expect(await test({}, { ...S3_KEYS, secretAccessKey: 'wrong' })).toBe('SOURCE_DENIED');
    expect(await test({}, null)).toBe('SOURCE_DENIED');
    expect(await test({ region: 'us-east-1' })).toBe('SOURCE_DENIED');
    expect(await test({ bucket: 'nothing' })).toBe('SOURCE_NOT_FOUND');
    expect(await test({ endpoint: 'http://127.0.0.1:1' })).toBe('SOURCE_UNREACHABLE');
    s3.before = (_, response) => {
      response.end('<html>Welcome to the intranet</html>');
      return 'handled';
    };
    expect(await test({})).toBe('SOURCE_DAMAGED');
    s3.before = () => 'handled';
    expect(await test({})).toBe('SOURCE_TIMEOUT');
  });

  it('is asked again when it is too busy', async () => {
    let busy = 2;
    s3.before = () => (busy-- > 0 ? 503 : undefined);
    const { id } = await add();
    expect((await world.sync(id)).lastRun).toMatchObject({ state: 'done', added: 5 });
    s3.before = () => 503;
    expect((await world.sync(id)).lastRun).toMatchObject({
      state: 'failed',
      errorCode: 'SOURCE_UNREACHABLE',
    });
    expect(Object.keys(await world.tree())).toHaveLength(5);
  });

  it('whose list is cut off deletes nothing', async () => {
    const { id } = await add();
    await world.sync(id);
    s3.before = (request, response) => {
      if (!request.url?.includes('list-type')) return undefined;
      response.end(
        '<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>docs/l',
      );
      return 'handled';
    };
    expect((await world.sync(id)).lastRun).toMatchObject({
      state: 'failed',
      errorCode: 'SOURCE_DAMAGED',
      deleted: 0,
    });
    expect(Object.keys(await world.tree())).toHaveLength(5);
  });

  it('keeps half a file out, fails that one alone, and takes it the next time', async () => {
    s3.before = (request, response) => {
      if (!request.url?.includes('leave.md')) return undefined;
      response.writeHead(200, { 'content-length': 100 });
      response.write('half of it');
      setTimeout(() => response.destroy(), 20);
      return 'handled';
    };
    const { id } = await add();
    expect(counts(await world.sync(id))).toEqual({ added: 4, failed: 1 });
    expect((await world.files(id))['leave.md']).toBe('FILE_INCOMPLETE');
    s3.before = (request, response) => {
      if (!request.url?.includes('leave.md')) return undefined;
      put('docs/leave.md', 'changed while it was read');
      void response;
      return undefined;
    };
    expect((await world.sync(id)).lastRun).toMatchObject({ failed: 1 });
    expect((await world.files(id))['leave.md']).toBe('FILE_CHANGING');
    s3.before = () => undefined;
    expect(counts(await world.sync(id))).toEqual({ added: 1, unchanged: 4 });
    expect(await world.tree()).toMatchObject({ 'leave.md': 'changed while it was read' });
  });

  it('ends when told to, in the middle of a slow answer, and goes on the next time', async () => {
    s3.before = (request) => (request.url?.includes('z.md') ? 'handled' : undefined);
    await world.begin({ SOURCE_TIMEOUT_SECONDS: '60' });
    const { id } = await add();
    const syncing = world.sync(id);
    await until(() => Promise.resolve(s3.requests.some((request) => request.includes('z.md'))));
    await world.domain.sources.cancel(world.writer, id);
    expect((await syncing).lastRun).toMatchObject({ state: 'cancelled', errorCode: 'SOURCE_CANCELLED' });
    s3.before = () => undefined;
    expect((await world.sync(id)).lastRun).toMatchObject({ state: 'done', failed: 0 });
    expect(Object.keys(await world.tree())).toHaveLength(5);
  });
});
