import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../support/client.js';
import { startStack, type Stack } from '../support/stack.js';

interface Folder {
  id: string;
  parentId: string | null;
  name: string;
  documentsBeneath: number;
}

describe('folders', () => {
  let stack: Stack;
  let anna: Client;
  let annaId: string;
  let groupId: string;
  let collectionId: string;

  beforeAll(async () => {
    stack = await startStack();
    groupId = (await made<{ id: string }>('POST', '/api/admin/groups', { name: 'externals' })).id;
    anna = await stack.person('anna@first.example', { roles: ['employee'], groupIds: [groupId] });
    annaId = ((await anna.call('GET', '/api/session')).body as { id: string }).id;
    collectionId = (await made<{ id: string }>('POST', '/api/collections', { slug: 'all', name: 'All' })).id;
    await made('PUT', `/api/collections/${collectionId}/readers`, readers('everyone'));
  }, 120_000);
  afterAll(() => stack?.stop());
  // Nothing of an earlier test or try is there.
  beforeEach(async () => {
    const { rows } = await made<{ rows: { id: string }[] }>('GET', '/api/documents');
    for (const { id } of rows) await made('DELETE', `/api/documents/${id}`);
    const path = `/api/collections/${collectionId}/folders`;
    for (const { id, parentId } of (await made<{ rows: Folder[] }>('GET', path)).rows)
      if (parentId === null) await made('DELETE', `/api/folders/${id}?documents=0`);
  });

  async function made<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await stack.admin.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as T;
  }
  const readers = (principal: string, effect = 'allow') => ({ readers: [{ principal, effect }] });
  const folder = (name: string, parentId: string | null = null) =>
    made<Folder>('POST', '/api/folders', { collectionId, parentId, name });
  const treeOf = async (client: Client) => {
    const { status, body } = await client.call('GET', `/api/collections/${collectionId}/folders`);
    return status === 200 ? (body as { rows: Folder[] }).rows.map(({ name }) => name) : status;
  };
  async function upload(name: string, folderId: string): Promise<string> {
    const { body, status } = await stack.admin.upload(
      collectionId,
      name,
      `# ${name}\n\nThe zebra allowance of ${name} is 61 euro.\n`,
      'text/markdown',
      folderId,
    );
    expect(status).toBe(202);
    const { id } = body as { id: string };
    await stack.admin.settled(id);
    return id;
  }

  it('decide who reads what is in them, at once, and are known to whoever may read something there', async () => {
    const top = await folder('Plans');
    const secret = await folder('Layoffs', top.id);
    await made('PUT', `/api/folders/${secret.id}/readers`, readers(`group:${groupId}`));
    const id = await upload('layoffs.md', secret.id);
    expect(await treeOf(anna)).toEqual(['Layoffs', 'Plans']);
    expect((await anna.call('GET', `/api/documents/${id}`)).body).toMatchObject({
      folders: ['Plans', 'Layoffs'],
    });
    expect((await anna.ask('What is the zebra allowance?')).text).toContain('61 euro');

    await made('PUT', `/api/folders/${top.id}/readers`, readers(`user:${annaId}`, 'deny'));
    expect(await treeOf(anna)).toBe(404);
    expect((await anna.call('GET', `/api/documents/${id}`)).status).toBe(404);
    expect((await anna.ask('What is the zebra allowance?')).text).not.toContain('61 euro');
    const why = await made('GET', `/api/documents/${id}/explain?userId=${annaId}`);
    expect(why).toMatchObject({
      readable: false,
      verdict: 'denied',
      because: [
        { source: 'folder', sourceName: 'Plans', effect: 'deny', decides: true },
        { source: 'folder', sourceName: 'Layoffs', effect: 'allow', decides: false },
        { source: 'collection', decides: false },
      ],
    });
    expect(await made('GET', `/api/folders/${secret.id}/explain?userId=${annaId}`)).toMatchObject({
      verdict: 'denied',
    });

    const many = Array.from({ length: 501 }, () => id);
    const moved = (count: number) =>
      stack.admin.call('POST', '/api/documents/move', { documentIds: many.slice(0, count), collectionId });
    expect((await moved(501)).status).toBe(400);
    expect(await moved(500)).toMatchObject({ status: 200, body: { moved: 1 } });
    expect((await anna.call('GET', `/api/documents/${id}`)).status).toBe(200);
    await made('PUT', `/api/folders/${top.id}/readers`, { readers: [] });
  });

  it('are deleted with what is in them only where that is confirmed, and every act is recorded', async () => {
    const old = await folder('Old');
    await upload('old.md', old.id);
    const refused = await stack.admin.call('DELETE', `/api/folders/${old.id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'FOLDER_NOT_EMPTY' } });
    expect((refused.body as { errors: object[] }).errors).toContainEqual({ path: 'documents', message: '1' });
    expect((await stack.admin.call('DELETE', `/api/folders/${old.id}?documents=1`)).status).toBe(204);
    const audit = await made<{ rows: { kind: string }[] }>('GET', '/api/documents?limit=1').then(() =>
      stack.person('auditor@first.example', { roles: ['auditor'] }),
    );
    const { body } = await audit.call('GET', '/api/audit?limit=200');
    const kinds = new Set((body as { rows: { kind: string }[] }).rows.map(({ kind }) => kind));
    for (const kind of ['folder.create', 'folder.readers', 'folder.delete', 'document.move'])
      expect(kinds).toContain(kind);
  });

  it('are changed by nobody who may not write documents', async () => {
    const { id } = await folder('Fixed');
    const tried = await Promise.all([
      anna.call('POST', '/api/folders', { collectionId, name: 'Mine' }),
      anna.call('PATCH', `/api/folders/${id}`, { name: 'Mine' }),
      anna.call('DELETE', `/api/folders/${id}`),
      anna.call('GET', `/api/folders/${id}/readers`),
      anna.call('PUT', `/api/folders/${id}/readers`, { readers: [] }),
      anna.call('GET', `/api/folders/${id}/explain?userId=${annaId}`),
    ]);
    expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 403));
  });

  it('keep those out whom they deny: their group is neither deleted nor left unsaid', async () => {
    const { id } = await folder('Kept');
    const { id: denied } = await made<{ id: string }>('POST', '/api/admin/groups', { name: randomUUID() });
    const ben = await stack.person(`ben-${denied}@first.example`, { groupIds: [denied] });
    const { id: benId } = (await ben.call('GET', '/api/session')).body as { id: string };
    await made('PUT', `/api/folders/${id}/readers`, readers(`group:${denied}`, 'deny'));
    const refusal = {
      status: 409,
      body: { code: 'GROUP_DENIED', errors: [{ path: `folders.${id}`, message: 'Kept' }] },
    };
    const group = `/api/admin/groups/${denied}`;
    expect(await stack.admin.call('DELETE', group)).toMatchObject(refusal);
    expect(await stack.admin.call('PUT', `${group}/members`, { userIds: [] })).toMatchObject(refusal);
    const person = `/api/admin/users/${benId}`;
    expect(await stack.admin.call('PATCH', person, { groupIds: [] })).toMatchObject(refusal);
    expect((await stack.admin.call('PUT', `${group}/members`, { userIds: [benId] })).status).toBe(200);
    expect((await stack.admin.call('PATCH', person, { groupIds: [], liftDenials: true })).status).toBe(200);
    await made('PUT', `/api/folders/${id}/readers`, { readers: [] });
    expect((await stack.admin.call('DELETE', group)).status).toBe(204);
  });
});
