import { describe, expect, it } from '@jest/globals';
import { CleanUp } from './clean-up.js';

describe('CleanUp', () => {
  it('runs each step once, last first, whatever fails', async () => {
    const done: string[] = [];
    const cleanUp = new CleanUp();
    cleanUp.add(async () => void done.push('database'));
    cleanUp.add(async () => {
      throw new Error('worker hangs');
    });
    cleanUp.add(async () => void done.push('gateway'));
    await expect(cleanUp.run()).rejects.toThrow('worker hangs');
    await expect(cleanUp.run()).rejects.toThrow('worker hangs');
    expect(done).toEqual(['gateway', 'database']);
  });
});
