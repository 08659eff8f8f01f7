import type { Line } from './read-pdf-lines.js';

const PAGES_MIN = 4;
/** On this share of the pages, the same line at the same height is a running head or foot. */
const SHARE_MIN = 0.4;
/** Lines looked at from the top and from the bottom of a page. */
const EDGE_LINES = 2;

/** Pages without the heads and feet that run through them; numbers in these may count. */
export function dropFurniture(pages: readonly (readonly Line[])[]): Line[][] {
  if (pages.length < PAGES_MIN) return pages.map((lines) => [...lines]);
  const counts = new Map<string, number>();
  for (const lines of pages)
    for (const key of new Set(edgesOf(lines).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const most = Math.max(3, pages.length * SHARE_MIN);
  return pages.map((lines) => {
    const running = new Set(edgesOf(lines).filter((line) => (counts.get(keyOf(line)) ?? 0) >= most));
    return lines.filter((line) => !running.has(line));
  });
}

function edgesOf(lines: readonly Line[]): Line[] {
  const heights = [...new Set(lines.filter(({ size }) => size > 0).map(({ y }) => Math.round(y)))].sort(
    (a, b) => b - a,
  );
  const edges = new Set([...heights.slice(0, EDGE_LINES), ...heights.slice(-EDGE_LINES)]);
  return lines.filter(({ y, size }) => size > 0 && edges.has(Math.round(y)));
}

const keyOf = ({ text, y }: Line): string => `${Math.round(y / 2)} ${text.replace(/\d+/g, '#')}`;
