import { RequestError } from '@lorekeep/kit/errors';

/** What is missing and what may not be seen are answered alike. */
export function found<T>(value: T | null | undefined | false): T {
  if (value === null || value === undefined || value === false) {
    throw new RequestError(404, 'NOT_FOUND', 'There is nothing here that you may see.');
  }
  return value;
}
