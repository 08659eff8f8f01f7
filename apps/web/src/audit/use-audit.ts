import type { AuditRow } from '@lorekeep/contracts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { usePages } from '../kit/use-pages.js';

export interface AuditFilter {
  search: string;
  kind: string;
  outcome: string;
  /** Id of a rule of the firewall. */
  rule: string;
  /** As the fields of the page give them: local time, to the minute. */
  from: string;
  to: string;
  reference: string;
  actor: { id: string; name: string } | null;
}

export const NO_FILTER: AuditFilter = {
  search: '',
  kind: '',
  outcome: '',
  rule: '',
  from: '',
  to: '',
  reference: '',
  actor: null,
};

const instant = (local: string): string | undefined => {
  const date = new Date(local);
  return local === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};
/** As it is shown, or whole. */
export const isReference = (text: string) => /^[0-9a-f]{8,32}$/.test(text);

export const referenceOf = ({ reference }: AuditFilter): string => reference.trim().toLowerCase();

/** What the gateway is asked for: only what is set and complete. */
export function queryOf(filter: AuditFilter) {
  const from = instant(filter.from);
  const to = instant(filter.to);
  const reference = referenceOf(filter);
  return {
    ...(filter.search.trim() ? { search: filter.search.trim() } : {}),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.outcome ? { outcome: filter.outcome } : {}),
    ...(filter.rule ? { rule: filter.rule } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(isReference(reference) ? { reference } : {}),
    ...(filter.actor ? { actorId: filter.actor.id } : {}),
  };
}

export function useAudit(filter: AuditFilter) {
  const query = queryOf(filter);
  return usePages<AuditRow>(['audit', query], async ({ limit, cursor, signal }) => {
    const before = cursor.cursor === undefined ? {} : { before: Number(cursor.cursor) };
    const page = await call('GET /api/audit', { query: { ...query, ...before, limit }, signal });
    return { rows: page.rows, next: page.next === null ? null : String(page.next) };
  });
}

/** Rules that occur, to filter by. */
export const useOccurringRules = () =>
  useQuery({
    queryKey: ['audit', 'rules'],
    queryFn: ({ signal }) => call('GET /api/audit/rules', { signal }),
  });

/** All records of one question. */
export const useQuestionRecords = (reference: string | null) =>
  useQuery({
    queryKey: ['audit', 'question', reference],
    queryFn: ({ signal }) =>
      call('GET /api/audit/questions/:reference', { params: { reference: reference ?? '' }, signal }),
    enabled: reference !== null,
  });
