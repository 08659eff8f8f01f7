import type { Provider } from '@nestjs/common';
import {
  ApiKeys,
  Callers,
  createAuth,
  Groups,
  Passwords,
  Sessions,
  SignIn,
  Tenants,
  Users,
  type Auth,
} from '@lorekeep/auth';
import type { Clock } from '@lorekeep/kit/clock';
import { systemContext } from '@lorekeep/kit/context';
import { Database } from '@lorekeep/kit/database';
import type { Logger } from '@lorekeep/kit/telemetry';
import { Audit } from '@lorekeep/audit';
import { GATEWAY_CONFIG } from '../gateway.config.js';
import type { AppConfig } from './app-config.js';
import { CLOCK, LOGGER } from './tokens.js';

const AUTH = Symbol('auth');
const part = <Name extends keyof Auth>(token: unknown, name: Name): Provider => ({
  provide: token as never,
  useFactory: (auth: Auth) => auth[name],
  inject: [AUTH],
});

export const identityProviders: Provider[] = [
  {
    provide: AUTH,
    useFactory: (database: Database, config: AppConfig, clock: Clock, audit: Audit, log: Logger) =>
      createAuth(database, config, {
        clock,
        hooks: {
          // A stolen session is news for the auditor, whether or not anybody is watching the log.
          onReuse: ({ tenantId, sessionId, userId, ip }) => {
            const detail = { sessionId, userId, ip };
            audit
              .append(systemContext(tenantId), { kind: 'session.reused', outcome: 'ended', detail })
              .catch((error: unknown) => log.error({ err: error }, 'a reused session could not be recorded'));
          },
        },
      }),
    inject: [Database, GATEWAY_CONFIG, CLOCK, Audit, LOGGER],
  },
  part(SignIn, 'signIn'),
  part(Sessions, 'sessions'),
  part(ApiKeys, 'apiKeys'),
  part(Callers, 'callers'),
  part(Users, 'users'),
  part(Groups, 'groups'),
  part(Passwords, 'passwords'),
  part(Tenants, 'tenants'),
];
