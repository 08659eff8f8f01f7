import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { makeKettleHandbook } from '../support/kettle-handbook.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

interface List {
  readonly id: string;
  readonly state: string;
  readonly words: number;
  readonly report: { problems: Record<string, number> };
  readonly preview: { answers: number; hits: number; top: { word: string; hits: number }[] };
}

describe('imported lists of words', () => {
  let stack: Stack;
  let anna: Client;

  beforeAll(async () => {
    stack = await startStack();
    anna = await stack.person('anna@first.example');
    await makeKettleHandbook(stack.admin);
  }, 120_000);
  afterAll(() => stack?.stop());

  // Those of an earlier try.
  beforeEach(async () => {
    const { rows } = (await stack.admin.call('GET', '/api/admin/words')).body as { rows: { id: string }[] };
    for (const { id } of rows) await stack.admin.call('DELETE', `/api/admin/words/${id}`);
  });

  const send = (text: string, fields: Record<string, string> = {}, name = 'list.txt') => {
    const form = new FormData();
    for (const [field, value] of Object.entries({ name: 'kettles', action: 'stop', ...fields }))
      form.append(field, value);
    form.append('file', new Blob([text]), name);
    return stack.admin.call('POST', '/api/admin/word-lists', form);
  };
  const listOf = async (id: string) =>
    (await stack.admin.call('GET', `/api/admin/word-lists/${id}`)).body as List;

  it('are checked, previewed on kept answers, confirmed, undone and deleted, and audited without their words', async () => {
    expect(JSON.stringify(await anna.ask('How long is the warranty?'))).toContain('blue kettle');
    const added = await send('blue kettle\n\nblue kettle\nunheard-of\n');
    expect(added.status).toBe(202);
    const { id } = added.body as List;
    await until(async () => (await listOf(id)).state === 'preview');
    const list = await listOf(id);
    expect(list).toMatchObject({ words: 2, report: { problems: { blank: 1, repeated: 1 } } });
    expect(list.preview.answers).toBeGreaterThan(0);
    expect(list.preview.top[0]?.word).toBe('blue kettle');
    const act = (what: string) => stack.admin.call('POST', `/api/admin/word-lists/${id}/${what}`);
    expect(await act('confirm')).toMatchObject({ status: 200, body: { state: 'active' } });
    expect((await act('confirm')).status).toBe(409);
    expect((await stack.admin.call('DELETE', `/api/admin/word-lists/${id}`)).status).toBe(409);
    expect(await act('undo')).toMatchObject({ status: 200, body: { state: 'undone' } });
    expect((await stack.admin.call('DELETE', `/api/admin/word-lists/${id}`)).status).toBe(204);
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const { rows } = (await auditor.call('GET', '/api/audit?limit=200')).body as { rows: { kind: string }[] };
    const kinds = rows.map(({ kind }) => kind).filter((kind) => /list/.test(kind));
    for (const what of ['import', 'confirm', 'undo', 'delete'])
      expect(kinds).toContain(`admin.word-lists.${what}`);
    expect(kinds).toContain('scanner.list.check');
    expect(JSON.stringify(rows.filter(({ kind }) => /list/.test(kind)))).not.toMatch(/blue kettle|unheard/);
    expect((await auditor.call('GET', '/api/scanner/hits')).status).toBe(200);
  }, 120_000);

  it('keep their words out of answers of every gateway within a second of their confirmation, and no longer once undone', async () => {
    const other = anna.at(await stack.gateway());
    const endings = () =>
      Promise.all(
        [anna, other].map(async (client) => {
          const { raw, events } = await client.ask('How long is the warranty of the kettle?');
          return { end: events.at(-1)?.outcome, shown: raw.includes('blue kettle') };
        }),
      );
    const answered = { end: 'answered', shown: true };
    // The only passage that there is has the word: it is left out.
    const silent = { end: 'answered', shown: false };
    expect(await endings()).toEqual([answered, answered]);
    const { id } = (await send('blue kettle\n', { name: 'again' })).body as List;
    await until(async () => (await listOf(id)).state === 'preview');
    expect(await endings()).toEqual([answered, answered]);
    const A_SECOND = 1_100;
    expect((await stack.admin.call('POST', `/api/admin/word-lists/${id}/confirm`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, A_SECOND));
    expect(await endings()).toEqual([silent, silent]);
    const auditor = await stack.person('findings@first.example', { roles: ['auditor'] });
    const found = await auditor.call('GET', '/api/scanner/hits');
    expect((found.body as { rows: object[] }).rows).toContainEqual(
      expect.objectContaining({ ruleId: `list:${id}:0`, action: 'stop', original: 'blue kettle' }),
    );
    expect((await stack.admin.call('POST', `/api/admin/word-lists/${id}/undo`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, A_SECOND));
    expect(await endings()).toEqual([answered, answered]);
  }, 120_000);

  it('are refused where the form or the file is not what it should be', async () => {
    expect((await send('a', { action: 'explode' })).status).toBe(422);
    expect((await send('a', {}, 'list.pdf')).status).toBe(422);
    expect((await send('a', {}, '.hidden')).status).toBe(422);
    expect((await send('a', { other: 'x' })).status).toBe(400);
    expect((await anna.call('GET', '/api/admin/word-lists')).status).toBe(403);
    expect((await anna.call('GET', '/api/scanner/hits')).status).toBe(403);
  });

  it('and words are refused in categories of the detectors, with the field and a sentence', async () => {
    const refused = { status: 422, body: { code: 'SCANNER_CATEGORY_OF_DETECTORS' } };
    const list = await send('heron', { category: 'secret.key' });
    expect(list).toMatchObject({ ...refused, body: { errors: [{ path: 'category' }] } });
    const words = [{ text: 'Project Heron', category: 'personal-data.email', action: 'stop' }];
    const added = await stack.admin.call('POST', '/api/admin/words', { words });
    expect(added).toMatchObject({ ...refused, body: { errors: [{ path: 'words.0.category' }] } });
    expect((added.body as { detail: string }).detail).toContain('personal-data.email');
  });

  it('and words say which action is in force where the policy of their category decides', async () => {
    const words = [
      { text: 'Heron One', category: 'profanity', action: 'stop' },
      { text: 'Heron Two', category: 'general', action: 'stop' },
    ];
    expect(await stack.admin.call('POST', '/api/admin/words', { words })).toMatchObject({
      status: 201,
      body: { added: 2, instead: [{ category: 'profanity', action: 'redact' }] },
    });
    const { id } = (await send('heron', { category: 'profanity', name: 'herons' })).body as List;
    await until(async () => (await listOf(id)).state === 'preview');
    expect(await listOf(id)).toMatchObject({ action: 'stop', inForce: 'redact' });
  });

  it('and words that would hit nearly every answer are said to', async () => {
    const add = (body: object) => stack.admin.call('POST', '/api/admin/words', body);
    const words = [{ text: 'Heron Three' }, { text: '的', action: 'log' }];
    expect(await add({ words })).toMatchObject({
      status: 422,
      body: { code: 'SCANNER_WORDS_BROAD', errors: [{ path: 'words.1.text' }] },
    });
    expect(await add({ words, confirmed: true })).toMatchObject({ status: 201, body: { added: 2 } });
    const { id } = (await send('id,word\n1,heliotrope\n2,的\n', { name: 'broad' }, 'list.csv')).body as List;
    await until(async () => (await listOf(id)).state === 'preview');
    expect(await listOf(id)).toMatchObject({
      words: 2,
      report: { problems: { broad: 1 }, first: ['heliotrope', '的'] },
    });
  });

  it('follow a policy that names what it does not know', async () => {
    const put = (categories: object) => stack.admin.call('PUT', '/api/admin/scanner/policy', { categories });
    const refused = await put({ 'secret.token': { action: 'explode', folds: ['rot13'] }, nowhere: {} });
    expect(refused.status).toBe(422);
    for (const name of ['explode', 'rot13', 'nowhere']) expect(refused.text).toContain(name);
    expect((await put({ 'secret.token': { action: 'log' } })).status).toBe(200);
  });
});
