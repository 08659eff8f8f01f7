import { describe, expect, it } from '@jest/globals';
import type { ConversationRow } from '@lorekeep/contracts';
import { groupByDay } from './group-by-day.js';

const now = new Date(2026, 10, 20, 9, 30).getTime();
const row = (id: string, at: Date, pinned = false): ConversationRow => ({
  id,
  title: id,
  pinned,
  createdAt: at.toISOString(),
  updatedAt: at.toISOString(),
});

describe('groupByDay', () => {
  it('puts pinned first, then days, then months, newest first', () => {
    const entries = groupByDay(
      [
        row('old', new Date(2026, 8, 2)),
        row('midnight', new Date(2026, 10, 20, 0, 0)),
        row('late', new Date(2026, 10, 19, 23, 59)),
        row('kept', new Date(2025, 1, 1), true),
        row('now', new Date(2026, 10, 20, 9, 0)),
        row('week', new Date(2026, 10, 14, 12)),
      ],
      now,
    );
    const shown = entries.map((entry) => {
      if (entry.kind === 'row') return entry.row.id;
      return typeof entry.group === 'string'
        ? `# ${entry.group}`
        : `# ${new Date(entry.group.month).getMonth() + 1}`;
    });
    expect(shown).toEqual([
      '# pinned',
      'kept',
      '# today',
      'now',
      'midnight',
      '# yesterday',
      'late',
      '# week',
      'week',
      '# 9',
      'old',
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(groupByDay([], now)).toEqual([]);
  });
});
