import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import type { EdgeReply } from './request.js';
import { SESSION_COOKIE } from './strategies.js';

/** httpOnly and SameSite=Strict, so that neither a script nor another site can use it. */
@Injectable()
export class SessionCookie {
  private readonly attributes;
  private readonly maxAge: number;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    this.attributes = {
      httpOnly: true,
      sameSite: 'strict',
      secure: config.COOKIE_SECURE,
      path: '/',
    } as const;
    this.maxAge = config.SESSION_MAX_HOURS * 3_600;
  }

  set(reply: EdgeReply, token: string): void {
    void reply.setCookie(SESSION_COOKIE, token, { ...this.attributes, maxAge: this.maxAge });
  }

  clear(reply: EdgeReply): void {
    void reply.clearCookie(SESSION_COOKIE, this.attributes);
  }
}
