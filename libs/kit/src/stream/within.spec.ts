import { describe, expect, it } from '@jest/globals';
import { DeadlineFault, within } from './within.js';

describe('within', () => {
  it('passes a result and an error through', async () => {
    await expect(within('a', 1_000, Promise.resolve(7))).resolves.toBe(7);
    await expect(within('a', 1_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('does not wait for what hangs', async () => {
    await expect(within('a', 5, new Promise(() => undefined))).rejects.toThrow(DeadlineFault);
  });
});
