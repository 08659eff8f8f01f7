import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

interface Row {
  id: string;
  state: string;
  pauseReason: string | null;
  lastRun: Record<string, unknown> | null;
}

describe('sources over HTTP', () => {
  let root: string;
  let stack: Stack;
  let collectionId: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lorekeep-sources-'));
    stack = await startStack({ SOURCE_FOLDERS: root });
    collectionId = (await sent('POST', '/api/collections', { slug: 'handbook', name: 'Handbook' }))
      .id as string;
    await sent('PUT', `/api/collections/${collectionId}/readers`, {
      readers: [{ principal: 'everyone', effect: 'allow' }],
    });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await rm(root, { recursive: true, force: true });
  });

  // Nothing of an earlier test or try is there.
  beforeEach(async () => {
    await rm(join(root, 'docs'), { recursive: true, force: true });
    for (const { id } of (await sent('GET', '/api/admin/sources')).rows as { id: string }[])
      await sent('DELETE', `/api/admin/sources/${id}?documents=delete`);
    await until(async () => ((await sent('GET', '/api/admin/sources')).rows as object[]).length === 0);
    for (const { id } of await documents()) await sent('DELETE', `/api/documents/${id}`);
  });

  async function sent(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await stack.admin.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body as Record<string, unknown>;
  }
  const get = async (id: string) => (await sent('GET', `/api/admin/sources/${id}`)) as unknown as Row;
  const add = async (name: string, settings: object) =>
    (await sent('POST', '/api/admin/sources', { name, collectionId, settings })) as unknown as Row;
  async function ended(id: string): Promise<Row> {
    await until(async () => !['queued', 'running'].includes(String((await get(id)).lastRun?.state)));
    return get(id);
  }
  async function sync(id: string, body = {}): Promise<Row> {
    await sent('POST', `/api/admin/sources/${id}/sync`, body);
    return ended(id);
  }
  const documents = async () =>
    (await sent('GET', `/api/documents?collectionId=${collectionId}&limit=200`)).rows as {
      id: string;
      fileName: string;
      state: string;
      version: number;
    }[];
  const ready = () => until(async () => (await documents()).every(({ state }) => state === 'ready'));

  it('are for administrators alone', async () => {
    const employee = await stack.person('employee@first.example');
    const support = await stack.person('support@first.example', { roles: ['support'] });
    const { id } = await add('guarded', { kind: 'archive' });
    for (const who of [employee, support])
      for (const [method, path] of [
        ['GET', '/api/admin/sources'],
        ['GET', `/api/admin/sources/${id}`],
        ['GET', `/api/admin/sources/${id}/files`],
        ['POST', `/api/admin/sources/${id}/sync`],
        ['DELETE', `/api/admin/sources/${id}?documents=delete`],
      ] as const)
        expect((await who.call(method, path, method === 'POST' ? {} : undefined)).status).toBe(403);
    expect((await stack.client().call('GET', '/api/admin/sources')).status).toBe(401);
  });

  it('follow a folder into answers; an old citation still opens', async () => {
    await mkdir(join(root, 'docs/people'), { recursive: true });
    await writeFile(
      join(root, 'docs/people/leave.md'),
      '# Leave\n\nEvery employee has 25 days of annual leave.\n',
    );
    const { id } = await add('folder', { kind: 'folder', path: join(root, 'docs') });
    expect((await sync(id)).lastRun).toMatchObject({ state: 'done', added: 1, error: null });
    await ready();
    const asked = await stack.admin.ask('How many days of annual leave does every employee have?');
    expect(asked.text).toContain('25 days');
    await writeFile(
      join(root, 'docs/people/leave.md'),
      '# Leave\n\nEvery employee has 30 days of annual leave.\n',
    );
    await rename(join(root, 'docs/people'), join(root, 'docs/staff'));
    await writeFile(join(root, 'docs/note.exe'), 'no document');
    await sync(id);
    await sync(id);
    await until(async () =>
      (await stack.admin.ask('How many days of annual leave does every employee have?')).text.includes(
        '30 days',
      ),
    );
    await writeFile(
      join(root, 'docs/staff/leave.md'),
      '# Leave\n\nEvery employee has 31 days of annual leave.\n',
    );
    await sync(id);
    await until(async () =>
      (await documents()).some(({ version, state }) => version > 1 && state === 'ready'),
    );
    const rows = (await documents()).filter(({ fileName }) => fileName === 'leave.md');
    expect(rows).toHaveLength(1);
    const versions = (await sent('GET', `/api/documents/${rows[0]?.id}/versions`)).rows as { id: string }[];
    expect(versions.length).toBeGreaterThan(1);
    const old = await sent('GET', `/api/documents/${versions.at(-1)?.id}/passages`);
    expect(old).toMatchObject({ document: { replacedBy: rows[0]?.id } });
    expect(JSON.stringify(old.rows)).toContain('days of annual leave');
    const files = await sent('GET', `/api/admin/sources/${id}/files?state=skipped`);
    expect(files).toMatchObject({ total: 1, rows: [{ path: 'note.exe', reasonCode: 'FILE_UNSUPPORTED' }] });
    await stack.admin.call('DELETE', `/api/admin/sources/${id}?documents=delete`);
    await until(async () => (await stack.admin.call('GET', `/api/admin/sources/${id}`)).status === 404);
    expect(await documents()).toEqual([]);
  });

  it('take an archive, stop before they delete much, and say so', async () => {
    const { id } = await add('archive', { kind: 'archive' });
    const zip = (count: number) =>
      zipSync(
        Object.fromEntries(
          Array.from({ length: count }, (_, n) => [
            `export/${n}.md`,
            strToU8(`# Rule ${n}\n\nRule ${n} holds.`),
          ]),
        ),
      );
    async function upload(content: Uint8Array<ArrayBuffer>) {
      const form = new FormData();
      form.append('file', new Blob([content]), 'export.zip');
      const answer = await stack.admin.call('POST', `/api/admin/sources/${id}/archive`, form);
      return answer.status === 202 ? ended(id) : answer;
    }
    expect((await sync(id).catch((cause: Error) => cause.message)) as string).toContain('409');
    expect(await upload(zip(8) as Uint8Array<ArrayBuffer>)).toMatchObject({
      lastRun: { state: 'done', added: 8 },
    });
    expect(await upload(zip(2) as Uint8Array<ArrayBuffer>)).toMatchObject({
      state: 'paused',
      pauseReason: 'deletions',
      lastRun: { state: 'stopped', missing: 6 },
    });
    expect(await documents()).toHaveLength(8);
    expect(await sync(id, { allowDeletions: true })).toMatchObject({
      state: 'active',
      lastRun: { deleted: 6 },
    });
    const form = new FormData();
    form.append('other', 'field');
    expect((await stack.admin.call('POST', `/api/admin/sources/${id}/archive`, form)).status).toBe(400);
    expect((await stack.admin.call('POST', `/api/admin/sources/${id}/archive`, {})).status).toBe(415);
  });

  it('refuse what they cannot be, and show no secret', async () => {
    const post = async (body: object) => {
      const { status, body: answer } = await stack.admin.call('POST', '/api/admin/sources', {
        name: crypto.randomUUID(),
        collectionId,
        ...body,
      });
      return { status, code: (answer as { code?: string }).code };
    };
    expect(await post({ settings: { kind: 'ftp' } })).toEqual({ status: 400, code: 'INVALID_REQUEST' });
    await add('archive', { kind: 'archive' });
    expect(await post({ name: 'archive', settings: { kind: 'archive' } })).toEqual({
      status: 409,
      code: 'SOURCE_EXISTS',
    });
    expect(await post({ collectionId: crypto.randomUUID(), settings: { kind: 'archive' } })).toEqual({
      status: 422,
      code: 'SOURCE_COLLECTION_MISSING',
    });
    expect(await post({ target: '../up', settings: { kind: 'archive' } })).toMatchObject({ status: 422 });
    const test = (settings: object) => sent('POST', '/api/admin/sources/test', { settings });
    expect(await test({ kind: 'folder', path: '/etc' })).toMatchObject({
      ok: false,
      code: 'SOURCE_FOLDER_FORBIDDEN',
    });
    expect(await test({ kind: 'git', address: 'https://127.0.0.1:5432/a.git' })).toMatchObject({
      code: 'SOURCE_ADDRESS_FORBIDDEN',
    });
    expect(await test({ kind: 'git', address: 'http://example.com/a.git' })).toMatchObject({
      code: 'SOURCE_HTTP_FORBIDDEN',
    });
    const made = await stack.admin.call('POST', '/api/admin/sources', {
      name: 'with a secret',
      collectionId,
      settings: { kind: 'git', address: 'https://git.example/a.git' },
      secret: { token: 'glpat-never-shown-again' },
    });
    expect(made.body).toMatchObject({ hasSecret: true });
    const list = await stack.admin.call('GET', '/api/admin/sources');
    for (const text of [made.text, list.text, stack.logs()]) expect(text).not.toContain('never-shown');
  });

  it('a new version of an uploaded document takes its place when it is ready', async () => {
    const upload = await stack.admin.upload(
      collectionId,
      'parking.md',
      '# Parking\n\nParking costs 5 euros a day.\n',
    );
    const { id } = upload.body as { id: string };
    await stack.admin.settled(id);
    const form = new FormData();
    form.append('file', new Blob(['# Parking\n\nParking costs 7 euros a day.\n']), 'parking.md');
    const answer = await stack.admin.call('POST', `/api/documents/${id}/versions`, form);
    expect(answer).toMatchObject({ status: 202, body: { version: 2, duplicate: false } });
    const next = (answer.body as { id: string }).id;
    await stack.admin.settled(next);
    expect((await stack.admin.ask('What does parking cost a day?')).text).toContain('7 euros');
    expect(await sent('GET', `/api/documents/${id}`)).toMatchObject({ version: 1, replacedBy: next });
  });
});
