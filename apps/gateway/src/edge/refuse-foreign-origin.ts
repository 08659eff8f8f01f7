import { RequestError } from '@lorekeep/kit/errors';
import type { EdgeRequest } from './request.js';

/** A header that no form and no foreign page can set without a preflight, which is never answered. */
export const PAGE_HEADER = 'x-lorekeep-request';

/**
 * Cross-site request forgery: a request that changes something and is authorised by a cookie must come from our own
 * page. SameSite=Strict already keeps the cookie at home; this holds where a browser does not.
 */
export function refuseForeignOrigin(request: EdgeRequest): void {
  const site = request.headers['sec-fetch-site'];
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  const origin = request.headers.origin;
  const otherHost = origin !== undefined && hostOf(origin) !== request.headers.host;
  if (foreign || otherHost || request.headers[PAGE_HEADER] === undefined) {
    throw new RequestError(
      403,
      'AUTH_FOREIGN_ORIGIN',
      `Requests with a session must come from this page and carry the header ${PAGE_HEADER}.`,
    );
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
