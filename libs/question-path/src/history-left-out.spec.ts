import { describe, expect, it } from '@jest/globals';
import type { AnswerEvent } from './ports.js';
import { finish, MODEL, pathWorld, question, text, walk } from './testing/path-world.js';

async function told(leftOut: number, shortened: AnswerEvent[]): Promise<unknown[]> {
  const world = pathWorld({ answer: [...shortened, MODEL, text('Yes.'), finish()] });
  const { events, error } = await walk(world, question({ leftOut }));
  expect(error).toBeNull();
  const found = events.filter(({ kind }) => kind === 'shortened');
  const { kind: _, ...last } = found.at(-1) ?? { kind: null };
  expect(world.records[0]?.closed?.detail['shortened']).toEqual(found.length > 0 ? last : null);
  return found;
}

describe('turns that the door has left out', () => {
  it('are told before the answer, and written down', async () => {
    expect(await told(3, [])).toEqual([{ kind: 'shortened', turns: 3, passages: 0 }]);
  });

  it('are counted with what does not fit the model: the last count is of both', async () => {
    const found = await told(3, [{ kind: 'shortened', turns: 2, passages: 1 }]);
    expect(found.at(-1)).toEqual({ kind: 'shortened', turns: 5, passages: 1 });
  });

  it('are not told where there are none', async () => {
    expect(await told(0, [])).toEqual([]);
    expect(await told(0, [{ kind: 'shortened', turns: 2, passages: 0 }])).toEqual([
      { kind: 'shortened', turns: 2, passages: 0 },
    ]);
  });
});
