import { describe, expect, it } from '@jest/globals';
import { FrameBuffer } from './frame-buffer.js';

function bufferWithFrames() {
  const delivered: string[][] = [];
  let waiting: (() => void) | null = null;
  const buffer = new FrameBuffer<string>(
    (items) => delivered.push([...items]),
    (run) => {
      waiting = run;
      return () => (waiting = null);
    },
  );
  return { buffer, delivered, frame: () => waiting?.(), scheduled: () => waiting !== null };
}

describe('FrameBuffer', () => {
  it('delivers once a frame, in order', () => {
    const { buffer, delivered, frame } = bufferWithFrames();
    buffer.push('a');
    buffer.push('b');
    expect(delivered).toEqual([]);
    frame();
    buffer.push('c');
    frame();
    expect(delivered).toEqual([['a', 'b'], ['c']]);
  });

  it('flushes at once and leaves no frame behind', () => {
    const { buffer, delivered, scheduled } = bufferWithFrames();
    buffer.push('a');
    buffer.flush();
    buffer.flush();
    expect(delivered).toEqual([['a']]);
    expect(scheduled()).toBe(false);
  });
});
