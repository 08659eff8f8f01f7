import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8');

/** WCAG 2.2: relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);
const colour = (name: string, theme: 'light' | 'dark') => tokens.get(name)?.[theme] ?? 'missing';

/** Text, and what it stands on. */
const PAIRS: [string, string[]][] = [
  ['text-0', ['surface-0', 'surface-1', 'surface-2', 'mark', 'quote']],
  ['text-1', ['surface-0', 'surface-1', 'surface-2', 'mark', 'quote']],
  ['text-2', ['surface-0', 'surface-1', 'surface-2', 'mark']],
  ['accent', ['surface-0', 'surface-1', 'accent-soft']],
  ['on-accent', ['accent']],
  ['surface-0', ['text-0', 'bad']],
  ['good', ['surface-0', 'good-soft']],
  ['warn', ['surface-0', 'surface-1', 'warn-soft']],
  ['bad', ['surface-0', 'surface-1', 'bad-soft']],
];

describe('the tokens', () => {
  it.each(['light', 'dark'] as const)('are readable: AA for text in the %s theme', (theme) => {
    for (const [text, surfaces] of PAIRS) {
      for (const surface of surfaces) {
        const ratio = contrast(colour(text, theme), colour(surface, theme));
        expect([text, surface, ratio >= 4.5, ratio]).toEqual([text, surface, true, ratio]);
      }
    }
    expect(contrast(colour('line-strong', theme), colour('surface-0', theme))).toBeGreaterThanOrEqual(3);
  });
});
