import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { MARKS_MAX } from '@lorekeep/kit/sql';
import { openPeople, type People } from '@lorekeep/kit/testing';
import { randomUUID } from 'node:crypto';
import {
  CONTENT_MAX,
  Conversations,
  DELETED_KEPT_MS,
  MESSAGES_MAX,
  SUGGESTION_MAX,
} from './conversations.js';
import { entities } from './store/entities.js';

const open = () => openPeople({ entities, role: 'employee', applicationName: 'conversations-spec' });

describe('Conversations', () => {
  let people: People;
  let conversations: Conversations;
  beforeAll(async () => {
    people = await open();
    conversations = new Conversations(people.database, people.clock);
  });
  afterAll(() => people.close());

  const create = (title = 'Leave') => {
    people.clock.advance(1_000);
    return conversations.create(people.ann, { title });
  };
  const question = (content = 'How many days?') => ({ role: 'user' as const, content });

  it('begin under an id that is known before', async () => {
    const id = randomUUID();
    expect(await conversations.create(people.ann, { title: 'Leave', id })).toMatchObject({ id });
    await expect(conversations.create(people.ann, { title: 'Leave', id: 'c1' })).rejects.toMatchObject({
      code: 'CONVERSATION_INVALID',
    });
  });

  it('keep questions and answers whole and in order', async () => {
    const { id } = await create();
    const answer = {
      id: randomUUID(),
      role: 'assistant' as const,
      content: '25 days [1].\u0000\ud800',
      citations: [{ number: 1, title: 'Leave\u0000' }],
      outcome: 'answered' as const,
      refusal: null,
      reference: 'a'.repeat(32),
      model: 'extractive',
      usage: { promptTokens: 1 },
      suggestion: { text: 'How many days\u0000?', documentIds: [randomUUID()] },
      marks: [{ start: 0, end: 12, reason: 'number' as const, withheld: false }],
    };
    await conversations.append(people.ann, id, [question(), answer]);
    await conversations.append(people.ann, id, [question('And sick days?')]);
    expect(await conversations.get(people.ann, id)).toMatchObject({
      id,
      title: 'Leave',
      pinned: false,
      messages: [
        { ordinal: 1, role: 'user', content: 'How many days?', citations: [], outcome: null },
        {
          ...answer,
          suggestion: { ...answer.suggestion, text: 'How many days?' },
          ordinal: 2,
          content: '25 days [1].\ufffd',
          citations: [{ number: 1, title: 'Leave' }],
        },
        { ordinal: 3, content: 'And sick days?', suggestion: null, marks: [] },
      ],
    });
  });

  it('keep as many marks as a row may hold, at their places in what is stored', async () => {
    const { id } = await create();
    const content = `\u0000\u0000${'a.'.repeat(MARKS_MAX + 1)}`;
    const marks = Array.from({ length: MARKS_MAX + 1 }, (_, n) => ({
      ...{ start: 2 + 2 * n, end: 4 + 2 * n, reason: 'lexical' as const, withheld: n % 2 === 0 },
    }));
    const [stored] =
      (await conversations.append(people.ann, id, [{ role: 'assistant', content, marks }])) ?? [];
    expect(stored?.marks).toHaveLength(MARKS_MAX);
    expect(stored?.marks[1]).toEqual({ start: 2, end: 4, reason: 'lexical', withheld: false });
  });

  it('number appends at the same time one after the other', async () => {
    const { id } = await create();
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        conversations.append(people.ann, id, [question(`q${n}`), question(`a${n}`)]),
      ),
    );
    for (const pair of all) expect((pair?.[1]?.ordinal ?? 0) - (pair?.[0]?.ordinal ?? 0)).toBe(1);
    const found = await conversations.get(people.ann, id);
    expect(found?.messages.map((message) => message.ordinal)).toEqual(
      Array.from({ length: 60 }, (_, n) => n + 1),
    );
  });

  it('are their owner’s alone', async () => {
    const { id } = await create();
    const [message] =
      (await conversations.append(people.ann, id, [{ role: 'assistant', content: 'x' }])) ?? [];
    const messageId = message?.id ?? '';
    for (const ctx of [people.ben, people.stranger, systemContext(people.ann.tenantId)]) {
      expect(await conversations.get(ctx, id)).toBeNull();
      expect(await conversations.append(ctx, id, [question()])).toBeNull();
      expect(await conversations.rename(ctx, id, 'mine')).toBeNull();
      expect(await conversations.pin(ctx, id, true)).toBeNull();
      expect(await conversations.remove(ctx, id)).toBeNull();
      expect(await conversations.restore(ctx, id)).toBeNull();
      expect(await conversations.rate(ctx, messageId, 'bad')).toBeNull();
      expect((await conversations.list(ctx)).items).toEqual([]);
    }
    expect(await conversations.get(people.ann, id)).toMatchObject({
      title: 'Leave',
      messages: [{ rating: null }],
    });
    await expect(
      conversations.create(systemContext(people.ann.tenantId), { title: 'x' }),
    ).rejects.toMatchObject({ code: 'CONVERSATION_NO_OWNER' });
  });

  it.each(['', 'no-uuid', '\u0000', randomUUID(), 'x'.repeat(10_000)])(
    'answer null for id %#',
    async (id) => {
      expect(await conversations.get(people.ann, id)).toBeNull();
      expect(await conversations.append(people.ann, id, [question()])).toBeNull();
      expect(await conversations.update(people.ann, id, {})).toBeNull();
      expect(await conversations.remove(people.ann, id)).toBeNull();
      expect(await conversations.restore(people.ann, id)).toBeNull();
      expect(await conversations.rate(people.ann, id, 'good')).toBeNull();
    },
  );

  it('are renamed and pinned in place, deleted and brought back', async () => {
    const { id, updatedAt } = await create();
    people.clock.advance(1_000);
    expect(await conversations.rename(people.ann, id, ' Travel ')).toMatchObject({
      title: 'Travel',
      updatedAt,
    });
    expect(await conversations.pin(people.ann, id, true)).toMatchObject({ pinned: true, updatedAt });
    expect(await conversations.remove(people.ann, id)).toMatchObject({ id });
    expect(await conversations.get(people.ann, id)).toBeNull();
    expect(await conversations.append(people.ann, id, [question()])).toBeNull();
    expect(await conversations.remove(people.ann, id)).toBeNull();
    expect(await conversations.restore(people.ann, id)).toMatchObject({ title: 'Travel', pinned: true });
    expect(await conversations.get(people.ann, id)).not.toBeNull();
  });

  it('are gone for good after a while', async () => {
    const [gone, kept] = [await create(), await create()];
    await conversations.remove(people.ann, gone.id);
    people.clock.advance(DELETED_KEPT_MS);
    expect(await conversations.purge(people.ann)).toBe(0);
    people.clock.advance(1);
    expect(await conversations.purge(people.stranger)).toBe(0);
    expect(await conversations.purge(people.ann)).toBe(1);
    expect(await conversations.restore(people.ann, gone.id)).toBeNull();
    expect(await conversations.get(people.ann, kept.id)).not.toBeNull();
  });

  it('keep a rating of answers, and take it back', async () => {
    const { id } = await create();
    const [asked, answered] =
      (await conversations.append(people.ann, id, [question(), { role: 'assistant', content: 'x' }])) ?? [];
    const rated = await conversations.rate(people.ann, answered?.id ?? '', 'bad', 'wrong page');
    expect(rated).toMatchObject({ id: answered?.id, rating: 'bad', ratingReason: 'wrong page' });
    expect(await conversations.rate(people.ann, answered?.id ?? '', null, 'x')).toMatchObject({
      rating: null,
      ratingReason: null,
    });
    expect(await conversations.rate(people.ann, asked?.id ?? '', 'good')).toBeNull();
    for (const reason of ['x'.repeat(2_001), '\u0000', '\ud800']) {
      await expect(conversations.rate(people.ann, id, 'bad', reason)).rejects.toMatchObject({
        code: 'CONVERSATION_INVALID',
      });
    }
  });

  it('are not found by the words of an answer whose documents cannot be read', async () => {
    const { id } = await create('Bands');
    const answer = { role: 'assistant' as const, outcome: 'answered' as const };
    const citations = [{ number: 1, documentId: randomUUID(), title: 'Salaries' }];
    await conversations.append(people.ann, id, [
      question('What is paid in grade six?'),
      { ...answer, content: 'From 61,077 euro [1].', citations },
      question('And else?'),
      { ...answer, content: 'Nothing besides.', citations: [] },
      question('Say it again.'),
      { ...answer, content: 'As I said: 61,088.', citations: [], documentIds: [randomUUID()] },
    ]);
    const found = async (search: string) =>
      (await conversations.list(people.ann, { search })).items.map((item) => item.id);
    expect(await found('61,077')).toEqual([]);
    expect(await found('61,088')).toEqual([]);
    expect(await found('grade six')).toEqual([id]);
    expect(await found('nothing besides')).toEqual([id]);
    expect(await conversations.remove(people.ann, id)).not.toBeNull();
  });

  it('have bounds', async () => {
    const { id } = await create('x'.repeat(200));
    for (const title of ['', ' ', 'x'.repeat(201), 'a\nb', '\u0000', '\ud800']) {
      await expect(create(title)).rejects.toMatchObject({ code: 'CONVERSATION_INVALID', status: 400 });
    }
    const long = 'x'.repeat(CONTENT_MAX);
    expect(await conversations.append(people.ann, id, [question(long)])).toHaveLength(1);
    await expect(conversations.append(people.ann, id, [question(`${long}x`)])).rejects.toMatchObject({
      code: 'CONVERSATION_INVALID',
    });
    const suggesting = (length: number) =>
      conversations.append(people.ann, id, [
        { ...question(), suggestion: { text: 'x'.repeat(length), documentIds: [] } },
      ]);
    expect(await suggesting(SUGGESTION_MAX)).toHaveLength(1);
    await expect(suggesting(SUGGESTION_MAX + 1)).rejects.toMatchObject({ code: 'CONVERSATION_INVALID' });
    const many = (n: number) => Array.from({ length: n }, () => question('x'));
    expect(await conversations.append(people.ann, id, many(MESSAGES_MAX - 2))).toHaveLength(MESSAGES_MAX - 2);
    await expect(conversations.append(people.ann, id, [question()])).rejects.toMatchObject({
      code: 'CONVERSATION_FULL',
      status: 409,
    });
    expect((await conversations.get(people.ann, id))?.messages).toHaveLength(MESSAGES_MAX);
  });
});

describe('the list of conversations', () => {
  let people: People;
  let conversations: Conversations;
  const ids: string[] = [];
  beforeAll(async () => {
    people = await open();
    conversations = new Conversations(people.database, people.clock);
    for (let n = 0; n < 6; n++) {
      // Two of each time: the id decides.
      if (n % 2 === 0) people.clock.advance(1_000);
      ids.push((await conversations.create(people.ann, { title: `Topic ${n}` })).id);
    }
    people.clock.advance(1_000);
    await conversations.append(people.ann, ids[0] ?? '', [
      { role: 'user', content: 'Is 100%_sure\\ said of 年假?' },
    ]);
    await conversations.pin(people.ann, ids[1] ?? '', true);
    await conversations.remove(people.ann, ids[5] ?? '');
  });
  afterAll(() => people.close());

  it('is pinned first, then newest first, page by page', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await conversations.list(people.ann, { limit: 2, cursor });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    expect(seen.slice(0, 3)).toEqual([ids[1], ids[0], ids[4]]);
    expect([...seen].sort()).toEqual(ids.slice(0, 5).sort());
  });

  it('is searched in titles and messages, literally', async () => {
    const found = async (search: string) =>
      (await conversations.list(people.ann, { search })).items.map((item) => item.id);
    expect(await found('topic 3')).toEqual([ids[3]]);
    expect(await found('100%_SURE\\')).toEqual([ids[0]]);
    expect(await found('年假')).toEqual([ids[0]]);
    expect(await found('100__sure')).toEqual([]);
    expect(await found('  ')).toHaveLength(5);
  });

  it.each([
    { limit: 0 },
    { limit: 201 },
    { limit: Number.NaN },
    { cursor: '' },
    { cursor: 'AAAA' },
    { cursor: 'x'.repeat(10_000) },
    { cursor: Buffer.from(`1.999999999999999999.${randomUUID()}`).toString('base64url') },
    { search: 'x'.repeat(201) },
    { search: '\u0000' },
  ])('refuses %j', async (request) => {
    await expect(conversations.list(people.ann, request)).rejects.toMatchObject({
      code: 'CONVERSATION_INVALID',
    });
  });
});
