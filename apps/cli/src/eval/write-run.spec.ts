import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ReaderLeft, writingRun } from './write-run.js';

describe('writingRun', () => {
  it('waits for a slow reader', async () => {
    const out = new PassThrough({ highWaterMark: 1 });
    const written: string[] = [];
    const work = writingRun(out, async (write) => {
      await write('one\n');
      written.push('one');
      await write('two\n');
      written.push('two');
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).not.toContain('two');
    out.resume();
    await work;
    expect(written).toEqual(['one', 'two']);
  });

  it('stops when the reader goes, and leaves the listeners as they were', async () => {
    let ended = 0;
    const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    out.on('error', () => ended++);
    await expect(writingRun(out, (write) => write('line\n'))).rejects.toThrow(ReaderLeft);
    expect(ended).toBe(0);
    expect(out.listenerCount('error')).toBe(1);
  });
});
