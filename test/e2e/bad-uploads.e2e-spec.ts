import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectClear } from '../support/expect-clear.js';
import { sendPart, sendRaw } from '../support/raw-http.js';
import { encryptedPdf, FORM_TYPE, formOf, type Part } from '../support/sample-uploads.js';
import { startStack, type Stack } from '../support/stack.js';

const LIMIT = 200_000;
const PATH = '/api/documents';
const TEXT = '# Leave\n\nEverybody gets 27 days.\n';

describe('bad uploads', () => {
  let stack: Stack;
  let collectionId: string;
  let headers: Record<string, string>;

  beforeAll(async () => {
    stack = await startStack({ DOCUMENT_MAX_BYTES: String(LIMIT) });
    const made = await stack.admin.call('POST', '/api/collections', { slug: 'up', name: 'Uploads' });
    collectionId = (made.body as { id: string }).id;
    const key = await stack.admin.call('POST', '/api/keys', { name: 'up', scopes: ['documents.write'] });
    headers = { authorization: `Bearer ${(key.body as { key: string }).key}`, 'content-type': FORM_TYPE };
  }, 120_000);
  afterAll(() => stack?.stop());

  const where = (): Part => ({ name: 'collectionId', value: collectionId });
  const file = (name = 'a.md', content: string | Buffer = TEXT): Part => ({
    name: 'file',
    file: name,
    content,
  });
  const request = (body: Buffer | string, more: Record<string, string> = {}) => ({
    method: 'POST',
    path: PATH,
    headers: { ...headers, ...more },
    body,
  });
  const refused = async (body: Buffer | string, about: RegExp, more: Record<string, string> = {}) => {
    const answer = await sendRaw(stack.url, request(body, more));
    const type = /content-type: (.*)/.exec(answer.headers)?.[1] ?? '';
    expectClear({ status: answer.status, text: answer.body, type }, PATH, about);
    return answer.status;
  };
  const total = async () => ((await stack.admin.call('GET', PATH)).body as { total: number }).total;

  it('are forms that are not what they should be', async () => {
    expect(await refused('{}', /multipart/, { 'content-type': 'application/json' })).toBe(415);
    expect(await refused('x', /multipart|form/, { 'content-type': 'multipart/form-data' })).toBe(400);
    await refused('', /no file/);
    await refused(formOf([]), /no file/);
    await refused(formOf([where()]), /no file/);
    await refused(formOf([where(), { name: 'file', value: TEXT }]), /field other than collectionId/);
    await refused(formOf([file()]), /before the file/);
    await refused(formOf([file(), where()]), /before the file/);
    await refused(formOf([where(), file(), where()]), /end with its one file/);
    await refused(formOf([where(), file('a.md'), file('b.md')]), /end with its one file/);
    await refused(formOf([where(), where(), file()]), /more than one collection/);
    await refused(formOf([where(), { name: 'document', file: 'a.md', content: TEXT }]), /field named file/);
    for (const value of ['', 'x', '../..', '\u0000', 'x'.repeat(5_000)])
      await refused(formOf([{ name: 'collectionId', value }, file()]), /collection/);
    for (const name of ['__proto__', 'constructor', 'toString', ''])
      await refused(formOf([{ name, value: 'x' }, where(), file()]), /form/i);
    await refused(formOf([...Array.from({ length: 50 }, () => where()), file()]), /form/i);
    expect(await total()).toBe(0);
  });

  it('are cut off: in the file, before its end, between parts', async () => {
    const whole = formOf([where(), file('a.md', TEXT.repeat(50))]);
    for (const length of [10, 90, 200, 400, whole.length - 40, whole.length - 4])
      await refused(whole.subarray(0, length), /form|upload/i);
    await refused(formOf([where(), file()], { end: false }), /form|upload/i);
    expect(await total()).toBe(0);
  });

  it('are files of the wrong kind, size or name', async () => {
    expect(await refused(formOf([where(), file('a.pdf')]), /not what its name says/)).toBe(415);
    await refused(formOf([where(), file('a.md', encryptedPdf())]), /not what its name says/);
    await refused(formOf([where(), file('a.exe', 'MZ')]), /not supported/);
    await refused(formOf([where(), file('a.md', '')]), /empty/);
    for (const name of ['', '..', '/', 'x'.repeat(300), '.md'.padStart(259, 'x')])
      await refused(formOf([where(), file(name)]), /./);
    const limit = /limit is 0\.2 MB/;
    expect(await refused(formOf([where(), file('a.md', 'x'.repeat(LIMIT + 1))]), limit)).toBe(413);
    expect(await refused(formOf([where(), file('a.md', 'x'.repeat(40 * LIMIT))]), limit)).toBe(413);
    expect(await total()).toBe(0);
  });

  it('end as a state with a reason where only reading them shows what they are', async () => {
    const files: [string, Buffer, RegExp][] = [
      ['locked.pdf', encryptedPdf(), /password/],
      ['torn.docx', Buffer.from('PK\u0003\u0004'), /damaged/],
      ['torn.pdf', encryptedPdf().subarray(0, 60), /damaged/],
    ];
    for (const [name, content, reason] of files) {
      const { body, status } = await stack.admin.upload(collectionId, name, Uint8Array.from(content));
      expect(status).toBe(202);
      const settled = await stack.admin.settled((body as { id: string }).id);
      expect(settled).toMatchObject({ state: 'refused', reason: expect.stringMatching(reason) });
    }
  });

  it('exactly at the limit are taken, and the second time are the first', async () => {
    const content = `# Big\n\n${'word '.repeat(LIMIT)}`.slice(0, LIMIT);
    const first = await stack.admin.upload(collectionId, 'big.md', content);
    expect([first.status, (first.body as { duplicate: boolean }).duplicate]).toEqual([202, false]);
    const again = await stack.admin.upload(collectionId, 'other-name.md', content);
    expect([again.status, (again.body as { duplicate: boolean }).duplicate]).toEqual([202, true]);
    expect((again.body as { id: string }).id).toBe((first.body as { id: string }).id);
  });

  it('that break off half-way leave nothing behind', async () => {
    const before = await total();
    const whole = formOf([where(), file('half.md', TEXT.repeat(2_000))]);
    for (const share of [0.1, 0.5, 0.99])
      await sendPart(stack.url, request(whole), Math.floor(whole.length * share));
    // The same upload works when it is sent again.
    const { status } = await sendRaw(stack.url, request(whole));
    expect(status).toBe(202);
    expect(await total()).toBe(before + 1);
    expect(stack.logs()).not.toMatch(/request failed|unhandled|uncaught/i);
  });
});
