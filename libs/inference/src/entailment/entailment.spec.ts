import { describe, expect, it } from '@jest/globals';
import type { ModelText } from '@lorekeep/kit/local-model';
import { z } from 'zod';
import { entailmentConfigSchema } from './entailment.config.js';
import { FolderEntailment, openEntailment } from './entailment.js';

/** A model that says this, and what it was asked. */
function made(share: number | null) {
  const asked: [ModelText, number][] = [];
  const threads = {
    state: { state: 'ready', reason: null, detail: null } as const,
    close: () => Promise.resolve(),
    classify: (text: ModelText, timeoutMs: number) => {
      asked.push([text, timeoutMs]);
      return Promise.resolve(share);
    },
  };
  return { asked, model: new FolderEntailment({ timeoutMs: 500, from: 0.9 }, threads) };
}

describe('FolderEntailment', () => {
  it.each([
    [0.9, true],
    [0.899, false],
    [0, false],
    [null, null],
  ])('a share of %s: contradicted %s', async (share, expected) => {
    const { asked, model } = made(share);
    expect(await model.contradicts({ premise: 'a \ud800', hypothesis: 'b' })).toBe(expected);
    expect(asked).toEqual([[{ text: 'a \ufffd', pair: 'b' }, 500]]);
  });

  it('is none where no folder is given', () => {
    const config = z.object(entailmentConfigSchema).parse({});
    expect(openEntailment(config)).toBeUndefined();
  });
});
