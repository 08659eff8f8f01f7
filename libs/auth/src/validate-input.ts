import { PERMISSIONS, ROLES } from '@lorekeep/kit/context';
import { z } from 'zod';
import { authError } from './auth.errors.js';

/** Fits a cursor of 500 characters in any script. */
export const NAME_MAX = 120;
export const EMAIL_MAX = 254;
export const DESCRIPTION_MAX = 2_000;
export const SEARCH_MAX = 120;
/** Groups of a user and users of a group changed by one request. */
export const MEMBERS_MAX = 500;

/** Neither control characters (NUL cannot be stored) nor lone surrogates (they would change on the way). */
const PLAIN = /^[^\p{Cc}\p{Cs}]*$/u;

const plain = (max: number) => z.string().max(max).regex(PLAIN, 'must not contain control characters').trim();

export const name = plain(NAME_MAX).min(1);
export const description = z
  .string()
  .max(DESCRIPTION_MAX)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'must not contain control characters')
  .trim();
export const email = z.string().max(EMAIL_MAX).trim().toLowerCase().pipe(z.email());
export const locale = z.enum(['en', 'zh']);
export const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length).transform(unique);
export const scopes = z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length).transform(unique);
export const ids = z.array(z.guid()).max(MEMBERS_MAX).transform(unique);
export const search = plain(SEARCH_MAX);
export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes');

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}

/** The valid value, or AUTH_INVALID naming the fields. */
export function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw authError(
    'AUTH_INVALID',
    result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  );
}
