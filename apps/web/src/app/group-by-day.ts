import type { ConversationRow } from '@lorekeep/contracts';

export type DayGroup = 'pinned' | 'today' | 'yesterday' | 'week' | { month: string };
export type ListEntry = { kind: 'heading'; group: DayGroup } | { kind: 'row'; row: ConversationRow };

const DAY_MS = 86_400_000;

function groupOf(row: ConversationRow, startOfToday: number): DayGroup {
  if (row.pinned) return 'pinned';
  const at = new Date(row.updatedAt).getTime();
  if (at >= startOfToday) return 'today';
  if (at >= startOfToday - DAY_MS) return 'yesterday';
  if (at >= startOfToday - 7 * DAY_MS) return 'week';
  const date = new Date(at);
  return { month: new Date(date.getFullYear(), date.getMonth(), 1).toISOString() };
}

const nameOf = (group: DayGroup) => (typeof group === 'string' ? group : group.month);

/** Pinned first, then newest first under headings; `now` in milliseconds, days in the reader's time zone. */
export function groupByDay(rows: readonly ConversationRow[], now: number): ListEntry[] {
  const startOfToday = new Date(now).setHours(0, 0, 0, 0);
  const newest = [...rows].sort(
    (a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt.localeCompare(a.updatedAt),
  );
  const entries: ListEntry[] = [];
  let last: string | null = null;
  for (const row of newest) {
    const group = groupOf(row, startOfToday);
    if (nameOf(group) !== last) entries.push({ kind: 'heading', group });
    last = nameOf(group);
    entries.push({ kind: 'row', row });
  }
  return entries;
}
