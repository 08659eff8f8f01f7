import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { openPeople, type People } from '@lorekeep/kit/testing';
import { randomUUID } from 'node:crypto';
import { CONTENT_MAX, CUSTOMER_MESSAGE_MAX, Drafts, WRITING_MAX_MS, type Tone } from './drafts.js';
import type { DraftView } from './store/draft.repository.js';
import { entities } from './store/entities.js';

const open = () => openPeople({ entities, role: 'support', applicationName: 'drafts-spec' });

describe('Drafts', () => {
  let people: People;
  let drafts: Drafts;
  beforeAll(async () => {
    people = await open();
    drafts = new Drafts(people.database, people.clock);
  });
  afterAll(() => people.close());

  const create = (customerMessage = 'Where is my parcel?') => {
    people.clock.advance(1_000);
    return drafts.create(people.ann, { customerMessage });
  };

  const read = async (id: string): Promise<DraftView> => {
    const draft = await drafts.get(people.ann, id);
    if (!draft) throw new Error(`no draft ${id}`);
    return draft;
  };
  const approve = async (id: string, content?: string) => drafts.approve(people.ann, await read(id), content);

  it('go from writing to approved', async () => {
    const reference = 'a'.repeat(32);
    const draft = await drafts.create(people.ann, {
      customerMessage: '包裹在哪里？',
      tone: 'formal',
      reference,
    });
    expect(draft).toMatchObject({ state: 'writing', tone: 'formal', content: '', citations: [], reference });
    const written = {
      content: 'Dear customer\u0000 [1]',
      citations: [{ number: 1, title: 'Shipping' }],
      model: 'extractive',
    };
    people.clock.advance(1_000);
    expect(await drafts.setState(people.ann, draft.id, 'draft', written)).toMatchObject({
      ...written,
      content: 'Dear customer [1]',
      state: 'draft',
      reference,
      updatedAt: new Date(people.clock.now()),
    });
    expect(await drafts.update(people.ann, draft.id, { content: 'Dear Li' })).toMatchObject({
      content: 'Dear Li',
    });
    expect(await approve(draft.id)).toMatchObject({
      state: 'approved',
      content: 'Dear Li',
    });
    expect(await drafts.update(people.ann, draft.id, { content: 'Dear Wei' })).toMatchObject({
      state: 'draft',
    });
    expect(await drafts.remove(people.ann, draft.id)).toMatchObject({ content: 'Dear Wei' });
    expect(await drafts.get(people.ann, draft.id)).toBeNull();
    expect(await drafts.remove(people.ann, draft.id)).toBeNull();
  });

  it('keep marks with the sentences that an edit leaves', async () => {
    const { id } = await create();
    const content = 'You get 72 days [1]. Carry over 5 [1].';
    const mark = { reason: 'number' as const, withheld: false };
    const marks = [
      { start: 0, end: 20, ...mark },
      { start: 21, end: 38, ...mark },
    ];
    expect(await drafts.setState(people.ann, id, 'draft', { content, marks })).toMatchObject({ marks });
    expect(await drafts.get(people.ann, id)).toMatchObject({ marks });
    const edited = 'Dear Li, you get 27 days [1]. Carry over 5 [1].';
    expect(await drafts.update(people.ann, id, { content: edited })).toMatchObject({
      marks: [{ start: 30, end: 47, ...mark }],
    });
    expect(await approve(id)).toMatchObject({ marks: [{ start: 30 }] });
    expect(await drafts.update(people.ann, id, { content: 'Done.' })).toMatchObject({ marks: [] });
    const again = await approve(id);
    expect(again).toMatchObject({ content: 'Done.', marks: [] });
  });

  it('can be refused or fail, and be written again', async () => {
    const { id } = await create();
    const refusal = { step: 'firewall', code: 'FIREWALL_SQL' };
    expect(await drafts.setState(people.ann, id, 'refused', { refusal })).toMatchObject({
      state: 'refused',
      refusal,
    });
    expect(await drafts.setState(people.ann, id, 'writing')).toMatchObject({ state: 'writing' });
    expect(await drafts.setState(people.ann, id, 'failed')).toMatchObject({ state: 'failed' });
  });

  it('take no step that makes no sense, and only one of two at the same time', async () => {
    const { id } = await create();
    const wrong = { code: 'DRAFT_STATE', status: 409 };
    await expect(approve(id)).rejects.toMatchObject(wrong);
    await expect(drafts.update(people.ann, id, { content: 'x' })).rejects.toMatchObject(wrong);
    const both = await Promise.allSettled([
      drafts.setState(people.ann, id, 'refused'),
      drafts.setState(people.ann, id, 'failed'),
    ]);
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(approve(id)).rejects.toMatchObject(wrong);
  });

  it('are approved by one of two at the same time, with the text of that one', async () => {
    const { id } = await create();
    await drafts.setState(people.ann, id, 'draft', { content: 'Dear customer' });
    const seen = await read(id);
    const texts = ['Dear Li', 'Dear Wei'];
    const both = await Promise.allSettled(texts.map((text) => drafts.approve(people.ann, seen, text)));
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'DRAFT_CHANGED', status: 409 },
    });
    const content = texts[both.findIndex((result) => result.status === 'fulfilled')];
    expect(await read(id)).toMatchObject({ state: 'approved', content });
    const now = await read(id);
    const unedited = [drafts.approve(people.ann, now), drafts.approve(people.ann, now)];
    expect(await Promise.all(unedited)).toMatchObject([{ content }, { content }]);
  });

  it('are not approved with a text or with sources that nobody has judged', async () => {
    const { id } = await create();
    await drafts.setState(people.ann, id, 'draft', { content: 'Dear customer' });
    const seen = await read(id);
    await drafts.update(people.ann, id, { content: 'Dear whoever' });
    const changed = { code: 'DRAFT_CHANGED' };
    await expect(drafts.approve(people.ann, seen)).rejects.toMatchObject(changed);
    expect(await read(id)).toMatchObject({ state: 'draft', content: 'Dear whoever' });
    const edited = await read(id);
    await drafts.setState(people.ann, id, 'writing');
    await expect(drafts.approve(people.ann, edited)).rejects.toMatchObject({ code: 'DRAFT_STATE' });
    await drafts.setState(people.ann, id, 'draft', { documentIds: [randomUUID()] });
    await expect(drafts.approve(people.ann, edited)).rejects.toMatchObject(changed);
    for (const other of [people.ben, people.stranger]) expect(await drafts.approve(other, edited)).toBeNull();
  });

  it('count as failed when their writing was abandoned', async () => {
    const { id } = await create();
    people.clock.advance(WRITING_MAX_MS);
    expect(await drafts.failAbandoned(people.ann)).toBe(0);
    people.clock.advance(1);
    expect(await drafts.failAbandoned(people.stranger)).toBe(0);
    expect(await drafts.failAbandoned(people.ann)).toBe(1);
    expect(await drafts.get(people.ann, id)).toMatchObject({ state: 'failed' });
  });

  it('are their owner’s alone', async () => {
    const draft = await create();
    for (const ctx of [people.ben, people.stranger, systemContext(people.ann.tenantId)]) {
      expect(await drafts.get(ctx, draft.id)).toBeNull();
      expect(await drafts.update(ctx, draft.id, { content: 'mine' })).toBeNull();
      expect(await drafts.setState(ctx, draft.id, 'draft')).toBeNull();
      expect(await drafts.remove(ctx, draft.id)).toBeNull();
      expect((await drafts.list(ctx)).items).toEqual([]);
    }
    expect(await drafts.get(people.ann, draft.id)).toEqual(draft);
    const nobody = systemContext(people.ann.tenantId);
    await expect(drafts.create(nobody, { customerMessage: 'x' })).rejects.toMatchObject({
      code: 'DRAFT_NO_OWNER',
    });
  });

  it.each(['', 'no-uuid', '\u0000', randomUUID(), 'x'.repeat(10_000)])(
    'answer null for id %#',
    async (id) => {
      expect(await drafts.get(people.ann, id)).toBeNull();
      expect(await drafts.update(people.ann, id, { content: 'x' })).toBeNull();
      expect(await drafts.setState(people.ann, id, 'draft')).toBeNull();
      expect(await drafts.remove(people.ann, id)).toBeNull();
    },
  );

  it('have bounds', async () => {
    const { id } = await create('x'.repeat(CUSTOMER_MESSAGE_MAX));
    await drafts.setState(people.ann, id, 'draft');
    const invalid = { code: 'DRAFT_INVALID', status: 400 };
    for (const odd of ['', ' \n', '\u0000', '\ud800', 'x'.repeat(CUSTOMER_MESSAGE_MAX + 1)]) {
      await expect(create(odd)).rejects.toMatchObject(invalid);
    }
    expect(await drafts.update(people.ann, id, { content: 'x'.repeat(CONTENT_MAX) })).not.toBeNull();
    for (const content of ['\u0000', '\ud800', 'x'.repeat(CONTENT_MAX + 1)]) {
      await expect(drafts.update(people.ann, id, { content })).rejects.toMatchObject(invalid);
    }
    const tone = 'rude' as Tone;
    await expect(drafts.create(people.ann, { customerMessage: 'x', tone })).rejects.toMatchObject(invalid);
  });

  it('are listed page by page, searched literally and by state', async () => {
    const other = await open();
    try {
      const theirs = new Drafts(other.database, other.clock);
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) {
        if (n % 2 === 0) other.clock.advance(1_000);
        ids.push((await theirs.create(other.ann, { customerMessage: `Case ${n} 100%_\\` })).id);
      }
      await theirs.setState(other.ann, ids[3] ?? '', 'draft', { content: '您好' });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await theirs.list(other.ann, { limit: 2, cursor });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.cursor ?? undefined;
      } while (cursor);
      expect([...seen].sort()).toEqual([...ids].sort());
      const found = async (request: object) =>
        (await theirs.list(other.ann, request)).items.map((item) => item.id);
      expect(await found({ search: '100%_\\' })).toHaveLength(5);
      expect(await found({ search: '100__' })).toEqual([]);
      expect(await found({ search: '您好' })).toEqual([ids[3]]);
      expect(await found({ search: 'case 2' })).toEqual([ids[2]]);
      expect(await found({ state: 'draft' })).toEqual([ids[3]]);
      // Its document cannot be read: the reply is not searched, the customer's message is.
      const citations = [{ number: 1, documentId: randomUUID(), title: 'Prices' }];
      await theirs.setState(other.ann, ids[4] ?? '', 'draft', { content: 'It costs 61,077.', citations });
      expect(await found({ search: '61,077' })).toEqual([]);
      expect(await found({ search: 'case 4' })).toEqual([ids[4]]);
      // What is masked today is not found either, and the rest is.
      await theirs.setState(other.ann, ids[0] ?? '', 'draft', { content: 'A heliotrope parcel.' });
      const masked = async (search: string) => {
        const shown = (texts: readonly string[]) =>
          Promise.resolve(texts.map((text) => text.replace('heliotrope', '▇▇▇')));
        return (await theirs.list(other.ann, { search }, shown)).items.map((item) => item.id);
      };
      expect(await found({ search: 'heliotrope' })).toEqual([ids[0]]);
      expect(await masked('heliotrope')).toEqual([]);
      expect(await masked('A PARCEL')).toEqual([]);
      expect(await masked('PARCEL')).toEqual([ids[0]]);
    } finally {
      await other.close();
    }
  });

  it.each([
    { limit: 0 },
    { limit: 201 },
    { cursor: '' },
    { cursor: 'AAAA' },
    { cursor: 'x'.repeat(10_000) },
    { search: 'x'.repeat(201) },
    { search: '\u0000' },
  ])('refuse the list request %j', async (request) => {
    await expect(drafts.list(people.ann, request)).rejects.toMatchObject({ code: 'DRAFT_INVALID' });
  });
});
