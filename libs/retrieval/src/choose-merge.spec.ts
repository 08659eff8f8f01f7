import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { levelOf } from './build-segment.js';
import { chooseMerge, MERGE_WIDTH, SEGMENT_PASSAGES_MAX, type SegmentHead } from './choose-merge.js';

let ids = 0;
const segment = (level: number, passages: number, analyzer = 1): SegmentHead => ({
  id: `s${ids++}`,
  level,
  analyzer,
  passages,
});
const several = (count: number, level: number, passages: number): SegmentHead[] =>
  Array.from({ length: count }, () => segment(level, passages));

describe('chooseMerge', () => {
  it('waits until enough segments of one level stand', () => {
    expect(chooseMerge(several(MERGE_WIDTH - 1, 0, 10))).toBeNull();
    expect(chooseMerge([...several(MERGE_WIDTH - 1, 0, 10), ...several(MERGE_WIDTH - 1, 1, 100)])).toBeNull();
    expect(chooseMerge(several(MERGE_WIDTH, 0, 10))).toHaveLength(MERGE_WIDTH);
  });

  it('takes the lowest level first, and many small segments at once', () => {
    const chosen = chooseMerge([...several(MERGE_WIDTH, 2, 9_000), ...several(400, 0, 10)]);
    expect(chosen).toHaveLength(256);
    expect(chosen?.every(({ level }) => level === 0)).toBe(true);
  });

  it('does not mix analyzers', () => {
    const mixed = [...several(MERGE_WIDTH - 1, 0, 10), segment(0, 10, 2)];
    expect(chooseMerge(mixed)).toBeNull();
  });

  it('makes none that is too large, and leaves large ones alone', () => {
    const half = SEGMENT_PASSAGES_MAX / 2;
    expect(chooseMerge(several(MERGE_WIDTH, 5, half + 1))).toBeNull();
    expect(chooseMerge(several(MERGE_WIDTH, 5, half))).toHaveLength(2);
  });

  it('keeps segments few and work in proportion, whatever the documents', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 50, maxLength: 1_500 }),
        (sizes) => {
          let segments: SegmentHead[] = [];
          let written = 0;
          for (const size of sizes) {
            segments.push(segment(0, size));
            for (let chosen = chooseMerge(segments); chosen; chosen = chooseMerge(segments)) {
              const gone = new Set(chosen);
              const passages = chosen.reduce((sum, one) => sum + one.passages, 0);
              written += passages;
              segments = [...segments.filter((one) => !gone.has(one)), segment(levelOf(passages), passages)];
            }
          }
          const total = sizes.reduce((sum, size) => sum + size, 0);
          const levels = levelOf(total) + 1;
          expect(segments.length).toBeLessThan(levels * MERGE_WIDTH);
          // Small segments may be merged several times within the first level.
          expect(written).toBeLessThan(total * (levels + MERGE_WIDTH));
        },
      ),
      { numRuns: 30 },
    );
  });
});
