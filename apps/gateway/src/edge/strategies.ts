import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import { ApiKeys, Sessions } from '@lorekeep/auth';
import type { Authenticated, EdgeRequest } from './request.js';

export const SESSION_COOKIE = 'lorekeep_session';
/** Longer than any token of ours; longer ones are not looked at. */
const TOKEN_LIMIT = 200;

/** `Authorization: Bearer lk-…`, for SDKs and the command line. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, 'api-key') {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys) {
    super();
  }

  async validate(request: EdgeRequest): Promise<Authenticated | false> {
    const key = bearer(request.headers.authorization);
    return (key !== null && (await this.keys.verify(key))) || false;
  }
}

/** The page's httpOnly cookie. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session') {
  constructor(@Inject(Sessions) private readonly sessions: Sessions) {
    super();
  }

  async validate(request: EdgeRequest): Promise<Authenticated | false> {
    const token = request.cookies[SESSION_COOKIE];
    // A request that brings a key is judged by its key alone.
    if (!token || token.length > TOKEN_LIMIT || request.headers.authorization !== undefined) return false;
    const seen = { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' };
    return (await this.sessions.verify(token, seen)) ?? false;
  }
}

function bearer(header: string | undefined): string | null {
  if (header === undefined || header.length > TOKEN_LIMIT) return null;
  const [scheme, key, ...rest] = header.split(' ');
  return scheme?.toLowerCase() === 'bearer' && key && rest.length === 0 ? key : null;
}
