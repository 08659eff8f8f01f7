import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildAutomaton, CHECK, FAIL, nextEnding, OUT, statesByDepth, step } from './automaton.js';
import { packTexts, sortTexts } from './packed-texts.js';

/** Texts found at each end, by asking every text at every place. */
function naive(patterns: readonly string[], text: string): string[] {
  const found: string[] = [];
  for (let end = 1; end <= text.length; end++) {
    for (const pattern of new Set(patterns)) {
      if (text.slice(0, end).endsWith(pattern)) found.push(`${end} ${pattern}`);
    }
  }
  return found.sort();
}

function search(patterns: readonly string[], text: string): string[] {
  const { automaton, first } = buildAutomaton(patterns);
  const { cells, own, codes, depth } = automaton;
  const found: string[] = [];
  let state = 0;
  for (let i = 0; i < text.length; i++) {
    const code = codes[text.charCodeAt(i)] ?? 0;
    state = code === 0 ? 0 : step(cells, state, code);
    for (let s = cells[4 * state + OUT] ?? 0; s !== 0; s = nextEnding(cells, s)) {
      const pattern = patterns[first[own[s] ?? -1] ?? -1] ?? '';
      expect(depth[s]).toBe(pattern.length);
      found.push(`${i + 1} ${pattern}`);
    }
  }
  return found.sort();
}

describe('buildAutomaton', () => {
  it('finds what asking every pattern at every place finds', () => {
    const texts = fc.stringMatching(/^[abc中文]{1,7}$/);
    fc.assert(
      fc.property(
        fc.array(texts, { maxLength: 30 }),
        fc.stringMatching(/^[abcd中]{0,40}$/),
        (patterns, text) => {
          expect(search(patterns, text)).toEqual(naive(patterns, text));
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });

  it('has one state for each prefix, parents before children', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 60 }), (patterns) => {
        const { automaton } = buildAutomaton(patterns);
        const prefixes = new Set(['']);
        for (const p of patterns) for (let i = 1; i <= p.length; i++) prefixes.add(p.slice(0, i));
        const order = statesByDepth(automaton);
        expect(order.length).toBe(prefixes.size);
        const seen = new Set<number>();
        order.forEach((state, i) => {
          if (i > 0) {
            expect(seen.has(automaton.cells[4 * state + CHECK] ?? -1)).toBe(true);
            expect(automaton.depth[automaton.cells[4 * state + FAIL] ?? -1]).toBeLessThan(
              automaton.depth[state] ?? 0,
            );
          }
          seen.add(state);
        });
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it('takes an empty list, and words of one unit', () => {
    expect(search([], 'abc')).toEqual([]);
    expect(statesByDepth(buildAutomaton([]).automaton)).toEqual(Int32Array.of(0));
    expect(search(['a', '词', '\ud83d'], 'xa词a')).toEqual(['2 a', '3 词', '4 a']);
  });

  it('chains equal patterns in the order in which they came', () => {
    const { first, next } = buildAutomaton(['b', 'a', 'b', 'ab', 'b']);
    expect([...first].sort()).toEqual([0, 1, 3]);
    expect([...next]).toEqual([2, -1, 4, -1, -1]);
  });

  it('takes a pattern of 65,535 units and refuses one more', () => {
    const longest = `${'ab'.repeat(32_767)}c`;
    expect(search([longest], `x${longest}`)).toEqual([`65536 ${longest}`]);
    expect(() => buildAutomaton([`${longest}d`])).toThrow(RangeError);
  });

  it('takes 40,000 different units', () => {
    const units = Array.from({ length: 40_000 }, (_, i) => String.fromCharCode(0x100 + i));
    const patterns = units.map((unit, i) => `${unit}${units[(i * 7) % 40_000] ?? ''}${unit}`);
    const { automaton } = buildAutomaton(patterns);
    expect(automaton.alphabet).toBe(40_001);
    expect(search(patterns, patterns.slice(0, 50).join('')).length).toBeGreaterThanOrEqual(50);
  });

  it('refuses more different units than it has codes for', () => {
    const all = Array.from({ length: 0xfffe }, (_, i) => String.fromCharCode(i)).join('');
    expect(() => buildAutomaton([all.slice(0, 40_000), all.slice(40_000)])).toThrow(
      'too many different units',
    );
  });

  it('leaves few slots empty', () => {
    const words = Array.from(
      { length: 20_000 },
      (_, i) => `${((i * 48_271) % 99_991).toString(36)}${i % 97}`,
    );
    const { automaton } = buildAutomaton(words);
    expect(statesByDepth(automaton).length / automaton.own.length).toBeGreaterThan(0.95);
  });
});

describe('sortTexts', () => {
  it('sorts by units, shorter first, equal ones by index', () => {
    const texts = fc.array(fc.stringMatching(/^[a-c]{0,9}$/), { maxLength: 200 });
    fc.assert(
      fc.property(texts, (list) => {
        const expected = [...list.keys()].sort((a, b) => {
          const [x, y] = [list[a] ?? '', list[b] ?? ''];
          return x < y ? -1 : x > y ? 1 : a - b;
        });
        expect([...sortTexts(packTexts(list))]).toEqual(expected);
      }),
      { seed: 13, numRuns: 500 },
    );
  });
});
