import { describe, expect, it } from '@jest/globals';
import { cutWindows, OVERLAP_TOKENS, WINDOW_TOKENS, WINDOWS_MAX } from './cut-windows.js';

const around = { before: [-1], behind: [-2] };
const tokens = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('cutWindows', () => {
  it('is one window up to the edge, and two beyond it', () => {
    const room = WINDOW_TOKENS - 2;
    expect(cutWindows(tokens(room), around)).toEqual([[-1, ...tokens(room), -2]]);
    expect(cutWindows(tokens(room + 1), around)).toHaveLength(2);
    expect(cutWindows([], around)).toEqual([[-1, -2]]);
  });

  it('leaves out nothing, repeats the end of each, and keeps the length that a model can read', () => {
    const windows = cutWindows(tokens(1_500), around);
    for (const window of windows) {
      expect(window.length).toBeLessThanOrEqual(WINDOW_TOKENS);
      expect([window[0], window.at(-1)]).toEqual([-1, -2]);
    }
    const [first = [], second = []] = windows.map((window) => window.slice(1, -1));
    expect(second.slice(0, OVERLAP_TOKENS)).toEqual(first.slice(-OVERLAP_TOKENS));
    expect(new Set(windows.flat()).size).toBe(1_502);
  });

  it('ends after so many windows', () => {
    expect(cutWindows(tokens(100_000), around)).toHaveLength(WINDOWS_MAX);
  });

  it('goes on for a model that reads hardly anything', () => {
    expect(cutWindows(tokens(3), around, 3)).toEqual([
      [-1, 0, -2],
      [-1, 1, -2],
      [-1, 2, -2],
    ]);
  });
});
