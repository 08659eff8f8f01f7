import type { GatewayConfig } from '../gateway.config.js';
import type { EdgeReply } from './request.js';
import { SESSION_COOKIE } from './strategies.js';

const attributes = (config: GatewayConfig) =>
  ({ httpOnly: true, sameSite: 'strict', secure: config.COOKIE_SECURE, path: '/' }) as const;

export function setSessionCookie(reply: EdgeReply, token: string, config: GatewayConfig): void {
  void reply.setCookie(SESSION_COOKIE, token, { ...attributes(config), maxAge: config.SESSION_MAX_HOURS * 3_600 });
}

export function clearSessionCookie(reply: EdgeReply, config: GatewayConfig): void {
  void reply.clearCookie(SESSION_COOKIE, attributes(config));
}
