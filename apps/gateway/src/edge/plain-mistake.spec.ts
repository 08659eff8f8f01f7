import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { plainMistake } from './plain-mistake.js';

describe('a mistake in a request', () => {
  it.each([
    [z.string(), undefined, 'is required'],
    [z.string(), 3, 'must be of type string'],
    [z.array(z.number()).max(2), [1, 2, 3], 'at most 2 entries'],
    [z.array(z.number()).min(2), [1], 'at least 2 entries'],
    [z.string().max(2), 'abc', 'at most 2 characters'],
    [z.string().min(2), 'a', 'at least 2 characters'],
    [z.number().max(2), 3, 'must be at most 2'],
    [z.number().int().min(2), 1, 'must be at least 2'],
    [z.enum(['a', 'b']), 'c', 'must be one of a, b'],
    [z.uuid(), 'x', 'must be a UUID'],
    [z.iso.datetime(), 'tomorrow', 'must be a time such as 2026-11-21T09:30:00Z'],
    [z.union([z.string(), z.number()]), null, 'has none of the forms that are allowed here'],
  ])('is told in plain words: %#', (schema, value, sentence) => {
    const [issue] = schema.safeParse(value, { error: plainMistake }).error?.issues ?? [];
    expect(issue?.message).toBe(sentence);
  });

  it('stays as the schema says it where that is clear already', () => {
    const schema = z.string().refine(() => false, { error: 'must be one line' });
    expect(schema.safeParse('x', { error: plainMistake }).error?.issues[0]?.message).toBe('must be one line');
  });
});
