import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { Fixture } from './testing/index.js';
import { Collections, Documents, Readers, Search, type Reader } from './index.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let readers: Readers;
let documents: Documents;
let writer: CallContext;
let staff: string;
let hr: string;
let anna: CallContext;
let ben: CallContext;
let collectionId: string;
let documentId: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
  readers = new Readers(fixture.database);
  documents = new Documents(fixture.database);
  writer = await fixture.tenant('access');
  staff = `group:${await fixture.group(writer, 'staff')}`;
  hr = `group:${await fixture.group(writer, 'hr')}`;
  anna = await fixture.employee(writer, 'anna', [staff.slice(6), hr.slice(6)]);
  ben = await fixture.employee(writer, 'ben', [staff.slice(6)]);
  collectionId = await fixture.collection(writer, 'policies');
  documentId = await fixture.document(writer, collectionId, 'Salaries', ['Salary bands of the company.']);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

const allow = (principal: string): Reader => ({ principal, effect: 'allow' });
const deny = (principal: string): Reader => ({ principal, effect: 'deny' });

/** What every door says at once: search, list, detail, passages, file, row security, explanation. */
async function reads(ctx: CallContext): Promise<boolean> {
  const search = new Search(fixture.database, systemClock);
  const answers = [
    (await search.run(ctx, { text: 'salary', k: 5 })).passages.length > 0,
    (await documents.list(ctx, { limit: 10, offset: 0 })).total > 0,
    (await documents.get(ctx, documentId)) !== null,
    (await documents.passages(ctx, documentId)) !== null,
    (await documents.readableAmong(ctx, [documentId])).has(documentId),
    (await fixture.database.once(ctx, 'select id from passage')).length > 0,
    (await fixture.database.once(ctx, 'select id from document')).length > 0,
    (await new Collections(fixture.database).list(ctx)).length > 0,
    (await readers.explain(writer, ctx.caller.userId ?? '', { kind: 'document', id: documentId }))?.readable,
  ];
  expect(new Set(answers).size).toBe(1);
  return answers[0] ?? false;
}

const both = async (): Promise<boolean[]> => [await reads(anna), await reads(ben)];

describe('Readers', () => {
  it('lets nobody in who was not named', async () => {
    expect(await both()).toEqual([false, false]);
  });

  it('is in force with the next statement, for everyone, groups and persons', async () => {
    await readers.setOfCollection(writer, collectionId, [allow('everyone')]);
    expect(await both()).toEqual([true, true]);
    await readers.setOfCollection(writer, collectionId, [allow(hr)]);
    expect(await both()).toEqual([true, false]);
    await readers.setOfCollection(writer, collectionId, [allow(`user:${ben.caller.userId}`)]);
    expect(await both()).toEqual([false, true]);
    await readers.setOfCollection(writer, collectionId, []);
    expect(await both()).toEqual([false, false]);
  });

  it('lets deny win, whichever came first', async () => {
    await readers.setOfCollection(writer, collectionId, [allow('everyone'), deny(hr)]);
    expect(await both()).toEqual([false, true]);
    await readers.setOfCollection(writer, collectionId, [deny('everyone'), allow(hr), allow('everyone')]);
    expect(await both()).toEqual([false, false]);
  });

  it('overrides the allowed by document, never a denial of the collection', async () => {
    await readers.setOfCollection(writer, collectionId, [allow('everyone')]);
    await readers.setOfDocument(writer, documentId, [allow(hr)]);
    expect(await both()).toEqual([true, false]);
    await readers.setOfCollection(writer, collectionId, [allow(staff)]);
    expect(await both()).toEqual([true, false]);
    await readers.setOfCollection(writer, collectionId, [deny(`user:${anna.caller.userId}`)]);
    expect(await both()).toEqual([false, false]);
    await readers.setOfCollection(writer, collectionId, [allow('everyone')]);
    await readers.setOfDocument(writer, documentId, [deny(`user:${ben.caller.userId}`)]);
    expect(await both()).toEqual([true, false]);
    expect(await readers.ofDocument(writer, documentId)).toEqual({
      readers: [{ principal: `user:${ben.caller.userId}`, effect: 'deny', name: 'ben@example.test' }],
      inherited: [{ principal: 'everyone', effect: 'allow', name: 'everyone' }],
    });
    await readers.setOfDocument(writer, documentId, []);
    expect(await both()).toEqual([true, true]);
  });

  it('explains', async () => {
    await readers.setOfCollection(writer, collectionId, [allow(staff), deny(hr)]);
    const about = (id: string) => ({ kind: 'document' as const, id });
    const source = { source: 'collection', sourceId: collectionId, sourceName: 'policies' };
    expect(await readers.explain(writer, anna.caller.userId ?? '', about(documentId))).toEqual({
      readable: false,
      verdict: 'denied',
      because: [
        { ...source, principal: hr, effect: 'deny', name: 'hr', decides: true },
        { ...source, principal: staff, effect: 'allow', name: 'staff', decides: false },
      ],
      scopes: [
        { kind: 'document', id: documentId, name: 'Salaries', allows: 0, denies: 0, decides: false },
        { kind: 'collection', id: collectionId, name: 'policies', allows: 1, denies: 1, decides: true },
      ],
    });
    expect(await readers.explain(writer, crypto.randomUUID(), about(documentId))).toBeNull();
    expect(await readers.explain(writer, anna.caller.userId ?? '', about(crypto.randomUUID()))).toBeNull();
  });

  it('refuses readers that do not exist in this tenant', async () => {
    const other = await fixture.tenant('strangers');
    const stranger = await fixture.employee(other, 'stranger');
    for (const principal of [`user:${stranger.caller.userId}`, `group:${crypto.randomUUID()}`]) {
      await expect(readers.setOfCollection(writer, collectionId, [allow(principal)])).rejects.toMatchObject({
        code: 'READER_UNKNOWN',
        status: 422,
      });
    }
  });

  it('keeps a document that arrives while the readers change in step with them', async () => {
    await readers.setOfCollection(writer, collectionId, [allow('everyone')]);
    const arriving = Array.from({ length: 8 }, (_, n) =>
      fixture.document(writer, collectionId, `New ${n}`, ['salary']),
    );
    const changing = readers.setOfCollection(writer, collectionId, [allow(hr)]);
    const ids = await Promise.all(arriving);
    await changing;
    expect(await both()).toEqual([true, false]);
    for (const id of ids) expect(await documents.remove(writer, id)).toBe(true);
  });
});

describe('tenants', () => {
  it('know nothing of each other, whatever they ask', async () => {
    await readers.setOfCollection(writer, collectionId, [allow('everyone')]);
    const other = await fixture.tenant('elsewhere');
    const eve = await fixture.employee(other, 'eve');
    for (const ctx of [other, eve]) {
      const search = new Search(fixture.database, systemClock);
      expect(await search.run(ctx, { text: 'salary', k: 5 })).toMatchObject({ passages: [], withheld: 0 });
      expect(await documents.get(ctx, documentId)).toBeNull();
      expect(await documents.passages(ctx, documentId)).toBeNull();
      expect(await documents.content(ctx, documentId)).toBeNull();
      expect(await documents.remove(ctx, documentId)).toBe(false);
      expect(await new Collections(fixture.database).list(ctx)).toEqual([]);
      expect(await readers.ofDocument(ctx, documentId)).toBeNull();
      expect(await readers.setOfCollection(ctx, collectionId, [])).toBeNull();
    }
    expect(await reads(anna)).toBe(true);
  });
});

describe('Documents', () => {
  it('shows rows of all documents to those who may write, texts to readers alone', async () => {
    await readers.setOfCollection(writer, collectionId, [allow(hr)]);
    expect(await documents.get(writer, documentId)).toMatchObject({
      title: 'Salaries',
      state: 'ready',
      passages: 1,
    });
    expect(await documents.passages(writer, documentId)).toBeNull();
    expect(await documents.list(writer, { search: 'sal%', limit: 5, offset: 0 })).toMatchObject({ total: 0 });
    expect(await documents.list(writer, { search: 'SALAR', limit: 5, offset: 0 })).toMatchObject({
      total: 1,
    });
  });

  it('says which of many may be read, to whom it concerns alone', async () => {
    const other = await fixture.document(writer, collectionId, 'Bonuses', ['bonus']);
    await readers.setOfCollection(writer, collectionId, [allow('everyone')]);
    await readers.setOfDocument(writer, other, [allow(hr)]);
    const asked = [documentId, other, other, crypto.randomUUID(), 'no uuid', ''];
    expect(await documents.readableAmong(anna, asked)).toEqual(new Set([documentId, other]));
    expect(await documents.readableAmong(ben, asked)).toEqual(new Set([documentId]));
    // Writing documents is not reading them.
    expect(await documents.readableAmong(writer, [other])).toEqual(new Set());
    expect(await documents.readableAmong(ben, [])).toEqual(new Set());
    expect(await documents.remove(writer, other)).toBe(true);
    expect(await documents.readableAmong(anna, asked)).toEqual(new Set([documentId]));
  });

  it('does not guess what may be read when the database is gone', async () => {
    const closed = await Fixture.open(clone);
    await closed.close();
    const reading = new Documents(closed.database).readableAmong(anna, [documentId]);
    await expect(reading).rejects.toMatchObject({ code: 'RETRIEVAL_UNAVAILABLE', status: 503 });
  });

  it('removes text, index and access for good', async () => {
    await readers.setOfCollection(writer, collectionId, [allow('everyone')]);
    const gone = await fixture.document(writer, collectionId, 'Gone', ['What is not kept.']);
    expect(await documents.remove(ben, gone)).toBe(false);
    expect(await documents.remove(writer, gone)).toBe(true);
    expect(await documents.remove(writer, gone)).toBe(false);
    expect(await documents.get(writer, gone)).toBeNull();
    const rows = await fixture.database.once(
      writer,
      'select id from passage where document_id = $1',
      [gone],
      { access: 'all' },
    );
    expect(rows).toEqual([]);
  });

  it('refuses a second collection of the same short name', async () => {
    const collections = new Collections(fixture.database);
    await expect(
      collections.create(writer, { slug: 'policies', name: 'x', description: '' }),
    ).rejects.toMatchObject({
      code: 'COLLECTION_EXISTS',
      status: 409,
    });
    expect(await collections.bySlug(writer, 'policies')).toMatchObject({ id: collectionId });
    expect(await collections.bySlug(writer, 'none')).toBeNull();
  });
});
