import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { Documents, DocumentStore, Readers } from './index.js';
import { Fixture } from './testing/index.js';

const LONG = 10_000;

let clone: ClonedDatabase;
let fixture: Fixture;
let anna: CallContext;
let other: CallContext;
let id: string;
let documents: Documents;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
  documents = new Documents(fixture.database);
  const writer = await fixture.tenant(`t-${crypto.randomUUID()}`);
  anna = await fixture.employee(writer, 'anna');
  other = await fixture.employee(await fixture.tenant(`t-${crypto.randomUUID()}`), 'other');
  const collectionId = await fixture.collection(writer, 'handbook');
  await new Readers(fixture.database).setOfCollection(writer, collectionId, [
    { principal: 'everyone', effect: 'allow' },
  ]);
  id = crypto.randomUUID();
  const store = new DocumentStore(fixture.database);
  const content = Buffer.from('the whole');
  const file = { title: 'Long', fileName: 'long.md', mediaType: 'text/markdown', content };
  const sha256 = createHash('sha256').update(content).digest();
  await store.transaction(writer, (tx) => store.receive(tx, writer, { id, collectionId, ...file, sha256 }));
  const passages = Array.from({ length: LONG }, (_, at) => ({
    heading: `Part ${Math.floor(at / 100)}`,
    page: Math.floor(at / 10) + 1,
    content: `Passage ${at}. ${'Something is said here that is not short. '.repeat(20)}`,
    language: 'en' as const,
  }));
  await store.finish(writer, id, { title: 'Long', language: 'en', pages: LONG / 10, passages });
}, 60_000);
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

const ordinals = (read: Awaited<ReturnType<Documents['passages']>>): (number | undefined)[] => [
  read?.rows[0]?.ordinal,
  read?.rows.at(-1)?.ordinal,
];

describe('stretches of a document', () => {
  it('are bounded where nothing is asked for, and begin where it is asked', async () => {
    const first = await documents.passages(anna, id);
    expect(first).toMatchObject({ from: 0, at: null, document: { passages: LONG } });
    expect(ordinals(first)).toEqual([0, 99]);
    expect(ordinals(await documents.passages(anna, id, { from: 9_990, limit: 50 }))).toEqual([9_990, 9_999]);
    expect((await documents.passages(anna, id, { from: LONG }))?.rows).toEqual([]);
  });

  it('hold the passage that is asked for, and never overlap', async () => {
    const [row] = (await documents.passages(anna, id, { from: 7_449, limit: 1 }))?.rows ?? [];
    const around = await documents.passages(anna, id, { passage: row?.id, limit: 50, from: 3 });
    expect(around).toMatchObject({ from: 7_400, at: 7_449 });
    expect(ordinals(around)).toEqual([7_400, 7_449]);
  });

  it('begin the document where it has no such passage, and are nothing to others', async () => {
    const gone = await documents.passages(anna, id, { passage: crypto.randomUUID(), limit: 2 });
    expect(gone).toMatchObject({ from: 0, at: null });
    const passage = gone?.rows[0]?.id;
    expect(await documents.passages(other, id, { passage })).toBeNull();
  });

  it('far within ten thousand passages hold the one that is asked for', async () => {
    const [row] = (await documents.passages(anna, id, { from: 9_000, limit: 1 }))?.rows ?? [];
    const far = await documents.passages(anna, id, { passage: row?.id, limit: 50 });
    expect(far).toMatchObject({ from: 9_000, at: 9_000 });
  });
});
