import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPeople, type People } from '@lorekeep/kit/testing';
import { Conversations } from './conversations.js';
import { entities } from './store/entities.js';

/** As the answer policy of today shows kept answers: `heliotrope` is masked, `viridian` ends an answer. */
const shownOf = (texts: readonly string[]) =>
  Promise.resolve(texts.map((text) => text.replace(/heliotrope/gi, '▇▇▇').replace(/viridian.*$/is, '')));

describe('a search of conversations', () => {
  let people: People;
  let conversations: Conversations;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    people = await openPeople({ entities, role: 'employee', applicationName: 'search-spec' });
    conversations = new Conversations(people.database, people.clock);
  });
  afterAll(() => people.close());

  async function keep(title: string, question: string, ...answers: string[]): Promise<void> {
    people.clock.advance(1_000);
    const { id } = await conversations.create(people.ann, { title });
    ids.set(id, title);
    await conversations.append(people.ann, id, [
      { role: 'user', content: question },
      ...answers.map((content) => ({ role: 'assistant' as const, content })),
    ]);
  }
  const titles = (items: readonly { id: string }[]) => items.map(({ id }) => ids.get(id));
  const found = async (search: string) =>
    titles((await conversations.list(people.ann, { search }, shownOf)).items);

  it('finds no word of an answer that is masked or cut off now, and all that is shown', async () => {
    await keep('masked', 'Which colour?', 'It is Heliotrope, like the hall.');
    await keep('asked', 'Is it heliotrope?', 'Yes.');
    await keep('heliotrope paint', 'How much?', 'Two tins.');
    await keep('cut', 'And the door?', 'The door is green. Viridian, to be exact.');
    await keep('both', 'Again?', 'Heliotrope.', 'A tin of helio paint.');
    expect(await found('heliotrope')).toEqual(['heliotrope paint', 'asked']);
    expect(await found('viridian')).toEqual([]);
    expect(await found('exact')).toEqual([]);
    expect(await found('is green')).toEqual(['cut']);
    expect(await found('LIKE THE HALL')).toEqual(['masked']);
    expect(await found('is heliotrope, like')).toEqual([]);
    expect(await found('helio')).toEqual(['both', 'heliotrope paint', 'asked']);
  });

  it('fills its pages with what is shown', async () => {
    for (let n = 0; n < 7; n++)
      await keep(`n${n}`, 'Which?', n % 3 === 0 ? 'Ochre wall' : 'Heliotrope ochre');
    const search = 'ochre';
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    let pages = 0;
    const hidden = (texts: readonly string[]) =>
      Promise.resolve(texts.map((text) => text.replace('Heliotrope ochre', '▇▇▇')));
    do {
      const page = await conversations.list(people.ann, { search, limit: 1, cursor }, hidden);
      seen.push(...titles(page.items));
      cursor = page.cursor ?? undefined;
      pages += 1;
    } while (cursor);
    expect([seen, pages]).toEqual([['n6', 'n3', 'n0'], 3]);
  });

  it('finds nothing where it cannot be told what is shown', async () => {
    const gone = () => Promise.reject(new Error('gone'));
    await expect(conversations.list(people.ann, { search: 'tins' }, gone)).rejects.toThrow('gone');
    expect((await conversations.list(people.ann, {}, gone)).items).not.toEqual([]);
  });
});
