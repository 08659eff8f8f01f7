import { RequestError } from '@lorekeep/kit/errors';
import { isUuid, likeLiteral, likePattern } from '@lorekeep/kit/sql';

export interface AuditFilter {
  /** ISO 8601; from inclusive, to exclusive. */
  from?: string | undefined;
  to?: string | undefined;
  /** An actor's id, or part of a name or e-mail address. */
  actor?: string | undefined;
  /** `sign-in.failed`, or a family with a dot at its end: `question.`. */
  kind?: string | undefined;
  outcome?: string | undefined;
  /** As a whole, or its beginning. */
  traceId?: string | undefined;
  /** Part of the detail, whatever the case. */
  text?: string | undefined;
  /** Id of a rule that decided, or would have, about a question or a passage of it. */
  rule?: string | undefined;
}

export interface Condition {
  /** Over `r`, an audit_record; `$1…` are the values. */
  sql: string;
  values: unknown[];
}

export const FILTER_TEXT_MAX = 500;
/** Sorts behind every character of a trace id. */
const AFTER_HEX = 'g';
const NAMES = ['from', 'to', 'actor', 'kind', 'outcome', 'traceId', 'text', 'rule'] as const;

/** Throws RequestError 422 with all mistakes. */
export function conditionOf(filter: AuditFilter): Condition {
  check(filter);
  const values: unknown[] = [];
  const parts: string[] = [];
  const add = (sql: (parameter: string) => string, value: unknown) =>
    parts.push(sql(`$${values.push(value)}`));
  if (filter.from) add((p) => `r.recorded_at >= ${p}::timestamptz`, new Date(filter.from).toISOString());
  if (filter.to) add((p) => `r.recorded_at < ${p}::timestamptz`, new Date(filter.to).toISOString());
  if (filter.actor) {
    if (isUuid(filter.actor)) add((p) => `r.actor_id = ${p}::uuid`, filter.actor);
    else add((p) => `r.actor ilike ${p}`, likePattern(filter.actor));
  }
  if (filter.kind) {
    if (filter.kind.endsWith('.')) add((p) => `r.kind like ${p}`, `${likeLiteral(filter.kind)}%`);
    else add((p) => `r.kind = ${p}`, filter.kind);
  }
  if (filter.outcome) add((p) => `r.outcome = ${p}`, filter.outcome);
  if (filter.traceId) {
    // A range, not LIKE, so that the index is of use whatever the database's collation.
    add((p) => `r.trace_id >= ${p}`, filter.traceId);
    add((p) => `r.trace_id <= ${p}`, `${filter.traceId}${AFTER_HEX}`);
  }
  if (filter.rule)
    add(
      (p) =>
        `r.kind like 'question.%' and jsonb_path_exists(r.detail, '$.**.rule ? (@ == $rule)', jsonb_build_object('rule', ${p}::text))`,
      filter.rule,
    );
  if (filter.text) add((p) => `r.detail::text ilike ${p}`, likePattern(jsonInside(filter.text)));
  return { sql: parts.length > 0 ? parts.join(' and ') : 'true', values };
}

function check(filter: AuditFilter): void {
  const details: { path: string; message: string }[] = [];
  for (const name of NAMES) {
    const value = filter[name];
    if (value === undefined) continue;
    if (value.length > FILTER_TEXT_MAX)
      details.push({ path: name, message: `at most ${FILTER_TEXT_MAX} characters` });
    else if (/[\0\p{Surrogate}]/u.test(value)) details.push({ path: name, message: 'not valid text' });
    else if ((name === 'from' || name === 'to') && !isTime(value)) {
      details.push({ path: name, message: 'a date and time in ISO 8601' });
    }
  }
  if (details.length > 0) {
    throw new RequestError(422, 'AUDIT_FILTER_INVALID', 'The filter is not valid.', details);
  }
}

function isTime(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value));
}

/** The text as it stands inside a JSON string. */
function jsonInside(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
