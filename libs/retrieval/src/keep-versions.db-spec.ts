import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import {
  Documents,
  DocumentStore,
  Readers,
  Search,
  SourcedDocuments,
  Versions,
  type Received,
} from './index.js';
import { Fixture } from './testing/index.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let writer: CallContext;
let anna: CallContext;
let berta: CallContext;
let collectionId: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});
beforeEach(async () => {
  writer = await fixture.tenant(`t-${crypto.randomUUID()}`);
  anna = await fixture.employee(writer, 'anna');
  berta = await fixture.employee(writer, 'berta');
  collectionId = await fixture.collection(writer, 'handbook');
  await readers().setOfCollection(writer, collectionId, [{ principal: 'everyone', effect: 'allow' }]);
});

const store = (): DocumentStore => new DocumentStore(fixture.database);
const documents = (): Documents => new Documents(fixture.database);
const versions = (): Versions => new Versions(fixture.database);
const readers = (): Readers => new Readers(fixture.database);
const sourced = (): SourcedDocuments => new SourcedDocuments(fixture.database);

async function receive(text: string, more: { replaces?: string; sourceId?: string } = {}): Promise<Received> {
  const content = Buffer.from(text);
  const received = await store().transaction(writer, (tx) =>
    store().receive(tx, writer, {
      id: crypto.randomUUID(),
      collectionId,
      title: 'Leave',
      fileName: 'leave.md',
      mediaType: 'text/markdown',
      content,
      sha256: createHash('sha256').update(content).digest(),
      ...more,
    }),
  );
  if (!received) throw new Error('no collection');
  return received;
}
const finish = (id: string, text: string): Promise<boolean> =>
  store().finish(writer, id, {
    title: 'Leave',
    language: 'en',
    pages: null,
    passages: [{ heading: '', page: null, content: text, language: 'en' }],
  });
async function ready(text: string, more: { replaces?: string; sourceId?: string } = {}): Promise<string> {
  const { documentId } = await receive(text, more);
  await finish(documentId, text);
  return documentId;
}
const found = async (ctx: CallContext, text: string): Promise<string[]> =>
  (await new Search(fixture.database, systemClock).run(ctx, { text, k: 10 })).passages.map(
    ({ content }) => content,
  );

describe('versions of a document', () => {
  it('leave the old one searchable until the new one is ready, then replace it at once', async () => {
    const first = await ready('vacation is 25 days');
    const second = await receive('vacation is 30 days', { replaces: first });
    expect(second.duplicate).toBe(false);
    expect(await found(anna, 'vacation')).toEqual(['vacation is 25 days']);
    expect((await documents().list(writer, { limit: 10, offset: 0 })).rows).toMatchObject([
      {
        id: first,
        version: 1,
        replacedBy: null,
        coming: { documentId: second.documentId, state: 'received' },
      },
    ]);
    expect((await documents().get(anna, first))?.coming).toBeNull();
    await finish(second.documentId, 'vacation is 30 days');
    expect(await found(anna, 'vacation')).toEqual(['vacation is 30 days']);
    expect((await documents().list(anna, { limit: 10, offset: 0 })).rows).toMatchObject([
      { id: second.documentId, version: 2, coming: null },
    ]);
    const old = await documents().passages(anna, first);
    expect(old?.document.replacedBy).toBe(second.documentId);
    expect(old?.rows.map(({ content }) => content)).toEqual(['vacation is 25 days']);
    expect((await versions().list(anna, first))?.map(({ version }) => version)).toEqual([2, 1]);
    expect((await documents().stock(writer)).documents).toBe(1);
  });

  it('stay under one access list, whenever it changes', async () => {
    const first = await ready('vacation is 25 days');
    await readers().setOfDocument(writer, first, [
      { principal: `user:${anna.caller.userId}`, effect: 'allow' },
    ]);
    const second = await ready('vacation is 30 days', { replaces: first });
    for (const id of [first, second]) {
      expect(await documents().passages(anna, id)).not.toBeNull();
      expect(await documents().passages(berta, id)).toBeNull();
    }
    expect(await versions().list(berta, first)).toBeNull();
    await readers().setOfDocument(writer, second, [
      { principal: `user:${berta.caller.userId}`, effect: 'allow' },
    ]);
    for (const id of [first, second]) {
      expect(await documents().passages(anna, id)).toBeNull();
      expect(await documents().passages(berta, id)).not.toBeNull();
    }
    await readers().setOfDocument(writer, second, []);
    for (const id of [first, second]) expect(await documents().passages(anna, id)).not.toBeNull();
  });

  it('are released alone: passages of the next one are not', async () => {
    const marks = async (): Promise<boolean[]> =>
      (await new Search(fixture.database, systemClock).run(anna, { text: 'vacation', k: 10 })).passages.map(
        ({ released }) => released,
      );
    const first = await ready('vacation is 25 days');
    expect(await marks()).toEqual([false]);
    await store().transaction(writer, (tx) => store().restart(tx, first, ['ready'], true));
    await finish(first, 'vacation is 25 days');
    expect(await marks()).toEqual([true]);
    await ready('vacation is 30 days', { replaces: first });
    expect(await marks()).toEqual([false]);
  });

  it('that are refused leave the old one as it is, and give way to the next', async () => {
    const first = await ready('vacation is 25 days');
    const second = await receive('something dangerous', { replaces: first });
    const verdict = { state: 'quarantined', code: 'DOCUMENT_QUARANTINED', reason: 'why' } as const;
    await store().refuse(writer, second.documentId, verdict);
    expect(await found(anna, 'vacation')).toEqual(['vacation is 25 days']);
    expect((await documents().get(writer, first))?.coming).toMatchObject({
      state: 'quarantined',
      reason: 'why',
    });
    expect((await documents().list(writer, { state: 'quarantined', limit: 10, offset: 0 })).total).toBe(1);
    const third = await ready('vacation is 30 days', { replaces: first });
    expect(await documents().get(writer, second.documentId)).toBeNull();
    expect((await versions().list(writer, third))?.map(({ version }) => version)).toEqual([3, 1]);
  });

  it('are one where the content is the same, and taken back where the old content is back', async () => {
    const first = await ready('vacation is 25 days');
    expect(await receive('vacation is 25 days', { replaces: first })).toEqual({
      documentId: first,
      duplicate: true,
    });
    const second = await receive('vacation is 30 days', { replaces: first });
    expect(await receive('vacation is 30 days', { replaces: first })).toEqual({ ...second, duplicate: true });
    expect(await receive('vacation is 25 days', { replaces: first })).toEqual({
      documentId: first,
      duplicate: true,
    });
    expect(await finish(second.documentId, 'vacation is 30 days')).toBe(false);
    expect(await found(anna, 'vacation')).toEqual(['vacation is 25 days']);
    const third = await ready('vacation is 30 days', { replaces: first });
    const back = await ready('vacation is 25 days', { replaces: third });
    expect(back).not.toBe(first);
    expect(await found(anna, 'vacation')).toEqual(['vacation is 25 days']);
  });

  it('are deleted with the current one, or alone where replaced', async () => {
    const first = await ready('vacation is 25 days');
    const second = await ready('vacation is 30 days', { replaces: first });
    expect(await documents().remove(writer, first)).toBe(true);
    expect(await found(anna, 'vacation')).toEqual(['vacation is 30 days']);
    const third = await ready('vacation is 31 days', { replaces: second });
    expect(await documents().remove(writer, third)).toBe(true);
    expect(await found(anna, 'vacation')).toEqual([]);
    expect(await documents().get(writer, second)).toBeNull();
  });

  it('are kept up to a number, at its edge', async () => {
    let last = await ready('vacation is 1 day');
    const all = [last];
    for (const days of [2, 3, 4])
      all.push((last = await ready(`vacation is ${days} days`, { replaces: last })));
    expect(await versions().trim(writer, 3)).toBe(0);
    expect(await versions().trim(writer, 2)).toBe(1);
    expect((await versions().list(writer, last))?.map(({ version }) => version)).toEqual([4, 3, 2]);
    expect(await documents().passages(anna, all[0] as string)).toBeNull();
    expect(await found(anna, 'vacation')).toEqual(['vacation is 4 days']);
  });

  it('come one after the other when two arrive at once', async () => {
    const first = await ready('vacation is 25 days');
    await Promise.all([
      ready('vacation is 30 days', { replaces: first }),
      ready('vacation is 31 days', { replaces: first }),
    ]);
    expect(await found(anna, 'vacation')).toHaveLength(1);
  });
});

describe('what a source brought', () => {
  const sourceId = crypto.randomUUID();

  it('moves into folders, which are made once, and is deleted by its source alone', async () => {
    const first = await ready('vacation is 25 days', { sourceId });
    const to = { sourceId, folder: ['people', '休假'], fileName: 'days.md' };
    expect(await sourced().place(writer, first, { ...to, sourceId: crypto.randomUUID() })).toBe(false);
    const places = await Promise.all([
      sourced().place(writer, first, to),
      sourced().place(writer, first, to),
    ]);
    expect(places).toEqual([true, true]);
    const second = await ready('vacation is 30 days', { replaces: first, sourceId });
    const rows = await fixture.database.once(
      writer,
      `select f.name, p.name as parent, d.file_name as "fileName" from document d join folder f on f.id = d.folder_id
         join folder p on p.id = f.parent_id order by d.version`,
      [],
      { access: 'all' },
    );
    expect(rows).toEqual([
      { name: '休假', parent: 'people', fileName: 'days.md' },
      { name: '休假', parent: 'people', fileName: 'leave.md' },
    ]);
    expect((await sourced().states(writer, [first])).get(first)).toMatchObject({
      documentId: second,
      state: 'ready',
    });
    expect(await sourced().remove(writer, first, crypto.randomUUID())).toBe(false);
    expect(await sourced().remove(writer, first, sourceId)).toBe(true);
    expect(await found(anna, 'vacation')).toEqual([]);
    expect((await sourced().states(writer, [first])).size).toBe(0);
  });
});
