import type { z } from 'zod';

/** Mistakes in words of the API instead of the validator's; null leaves those that are clear already. */
export function plainMistake(issue: z.core.$ZodRawIssue): string | null {
  switch (issue.code) {
    case 'invalid_union':
      return 'has none of the forms that are allowed here';
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be of type ${issue.expected}`;
    case 'too_big':
      return atMost(issue.origin, String(issue.maximum));
    case 'too_small':
      return atLeast(issue.origin, String(issue.minimum));
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return FORMATS.get(issue.format) ?? null;
    default:
      return null;
  }
}

const FORMATS: ReadonlyMap<string, string> = new Map([
  ['uuid', 'must be a UUID'],
  ['datetime', 'must be a time such as 2026-11-21T09:30:00Z'],
]);

function atMost(origin: string, limit: string): string {
  if (origin === 'string') return `at most ${limit} characters`;
  return origin === 'array' ? `at most ${limit} entries` : `must be at most ${limit}`;
}

function atLeast(origin: string, limit: string): string {
  if (origin === 'string') return `at least ${limit} characters`;
  return origin === 'array' ? `at least ${limit} entries` : `must be at least ${limit}`;
}
