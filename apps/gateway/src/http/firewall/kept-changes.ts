import type { Change } from '@lorekeep/firewall';

/** UTF-16 units of one change that the audit keeps, and changes: a whole import is in its versions. */
const DETAIL_LENGTH = 500;
const CHANGES_KEPT = 50;

export function keptChanges(changes: readonly Change[]) {
  const short = (text: string | null) => text && text.slice(0, DETAIL_LENGTH).toWellFormed();
  return changes
    .slice(0, CHANGES_KEPT)
    .map(({ what, name, before, after }) => ({ what, name, before: short(before), after: short(after) }));
}
