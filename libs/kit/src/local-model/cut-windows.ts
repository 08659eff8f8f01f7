/** Tokens that most classifiers read at once, and those that two windows have in common. */
export const WINDOW_TOKENS = 512;
export const OVERLAP_TOKENS = 64;
/** Windows of one text; what lies behind them is not read. */
export const WINDOWS_MAX = 8;

/** Tokens of a text in windows that overlap, each between what a model wants before and behind a text. */
export function cutWindows<T>(
  tokens: readonly T[],
  around: { before: readonly T[]; behind: readonly T[] },
  most = WINDOW_TOKENS,
): T[][] {
  const room = Math.max(1, most - around.before.length - around.behind.length);
  const step = Math.max(1, room - Math.min(OVERLAP_TOKENS, Math.floor(room / 2)));
  const windows: T[][] = [];
  for (let at = 0; windows.length < WINDOWS_MAX; at += step) {
    windows.push([...around.before, ...tokens.slice(at, at + room), ...around.behind]);
    if (at + room >= tokens.length) break;
  }
  return windows;
}
