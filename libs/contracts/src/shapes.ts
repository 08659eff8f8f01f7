import { z } from 'zod';

/** Names, titles: what fits on a line. */
export const LINE_LIMIT = 200;
/** A question or a message, in UTF-16 units. */
export const QUESTION_LIMIT = 32_000;

/** Text that Postgres and UTF-8 can hold: no NUL, no lone surrogate. */
const sound = (text: string) => !text.includes('\u0000') && text.isWellFormed();

export const text = (maximum: number, minimum = 1) =>
  z
    .string()
    .max(maximum)
    .refine(sound, { error: 'must not contain NUL or unpaired surrogates' })
    .refine((value) => value.trim().length >= minimum, {
      error: minimum === 1 ? 'must not be empty' : `must have at least ${minimum} characters`,
    });

export const line = (maximum = LINE_LIMIT) =>
  text(maximum).refine((value) => !/[\r\n]/.test(value), { error: 'must be one line' });

const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

/** What people, groups and the like are called: nobody can look like somebody else in a list by turning it round. */
export const name = () =>
  line().refine((value) => !TURNING.test(value), {
    error: 'must not contain characters that turn the direction of text',
  });

export const id = z.uuid();
const yearOf = (value: string) => {
  const at = Date.parse(value);
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
};
export const time = z.iso
  .datetime({ offset: true })
  // With its offset a time may leave the years that Postgres can read.
  .refine((value) => /^\d{4}-/.test(yearOf(value)) && !yearOf(value).startsWith('0000'), {
    error: 'must be in a year from 0001 to 9999',
  });
export const idParams = z.strictObject({ id });
export const noContent = z.null();

/** RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('closed list, e.g. QUOTA_REQUESTS_PER_MINUTE'),
  detail: z.string().optional(),
  reference: z.string().describe('trace id: the audit knows the request by it'),
  retryAfter: z.number().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

export const pageQuery = z.strictObject({
  search: text(LINE_LIMIT).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), total: z.number().int() });

/** Lists that grow: `cursor` is the `next` of the page before; null at the end. */
export const cursorQuery = z.strictObject({
  search: text(LINE_LIMIT).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text(500).optional(),
});
export const cursorPageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: z.string().nullable() });
