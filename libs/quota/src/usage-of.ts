import type { UsageRow } from './store/quota.repository.js';
import { MEASURES, type Measure, type SubjectKind } from './subject.js';

export interface MeasureUsage {
  used: number;
  /** null: no policy limits the caller in this measure. */
  limit: number | null;
  /** ISO 8601, UTC; null where there is no limit, or for concurrency when nothing runs. */
  resetsAt: string | null;
  /** Whose limit it is. */
  subject: SubjectKind | null;
}
export type Usage = Record<Measure, MeasureUsage>;

/** Of all policies of a caller the one that leaves least, in each measure. Usage is counted only where a policy limits it. */
export function tightest(rows: readonly UsageRow[]): Usage {
  const usage = {} as Usage;
  for (const measure of MEASURES) {
    const limits = rows.map((row) => read(row, measure)).filter((found) => found !== null);
    limits.sort((a, b) => (a.limit ?? 0) - a.used - ((b.limit ?? 0) - b.used));
    usage[measure] = limits[0] ?? { used: 0, limit: null, resetsAt: null, subject: null };
  }
  return usage;
}

function read(row: UsageRow, measure: Measure): MeasureUsage | null {
  const limit = row[`${measure}Limit`];
  if (limit === null) return null;
  return {
    used: Number(row[`${measure}Used`] ?? 0),
    limit: Number(limit),
    resetsAt: row[`${measure}Reset`]?.toISOString() ?? null,
    subject: row.subject,
  };
}
