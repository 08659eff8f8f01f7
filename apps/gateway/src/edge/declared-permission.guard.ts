import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { RouteContract } from '@lorekeep/contracts';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { Fault, RequestError } from '@lorekeep/kit/errors';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';
import { CONTRACT } from './contract.decorator.js';
import { refuseForeignOrigin } from './refuse-foreign-origin.js';
import { spokenTo } from './spoken-to.js';
import type { Authenticated, EdgeReply, EdgeRequest } from './request.js';
import { Drain } from '../wiring/drain.js';
import { WatchCallers } from '../wiring/watch-callers.js';
import { SessionCookie } from './session-cookie.js';

/** What may wait for a model, and be answered for minutes. */
const ANSWERED: ReadonlySet<RouteContract['permission']> = new Set(['ask', 'drafts'] as const);

const CallerGuard = AuthGuard(['api-key', 'session']);

/** Nobody is left to answer; not a failure of ours. */
class CallerGone extends Fault<'CALLER_GONE'> {
  constructor() {
    super('CALLER_GONE', 'The caller went away.', { status: 499 });
  }
}

/** Passport finds the caller; where there is none it throws our 401 and nothing else. */
@Injectable()
class IdentifiedCaller extends CallerGuard {
  override handleRequest<User>(error: unknown, user: User | false | undefined): User {
    if (error) throw error;
    if (!user) throw new RequestError(401, 'AUTH_REQUIRED', 'Sign in, or send a valid API key.');
    return user;
  }
}

/** The one guard of every route: no declared permission means denied (house rule 5). */
@Injectable()
export class DeclaredPermissionGuard implements CanActivate {
  private readonly identified = new IdentifiedCaller();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(SessionCookie) private readonly cookie: SessionCookie,
    @Inject(Drain) private readonly drain: Drain,
    @Inject(WatchCallers) private readonly callers: WatchCallers,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const contract = this.reflector.get<RouteContract | undefined>(CONTRACT, execution.getHandler());
    if (!contract) {
      throw new RequestError(403, 'AUTH_ROUTE_WITHOUT_PERMISSION', 'This route declares no permission.');
    }
    const request = execution.switchToHttp().getRequest<EdgeRequest>();
    if (contract.permission === 'public') {
      if (request.method !== 'GET') refuseForeignOrigin(request);
      return true;
    }
    await this.identified.canActivate(execution);
    const user = request.user as Authenticated;
    const reply = execution.switchToHttp().getResponse<EdgeReply>();
    if (user.rotatedToken) this.cookie.set(reply, user.rotatedToken);
    if (user.caller.sessionId && request.method !== 'GET') refuseForeignOrigin(request);
    if (user.caller.mustChangePassword && contract.permission !== 'account') {
      throw new RequestError(403, 'AUTH_PASSWORD_CHANGE_REQUIRED', 'Change the initial password first.');
    }
    if (!user.caller.permissions.has(contract.permission)) {
      throw new RequestError(403, 'AUTH_NOT_PERMITTED', 'Your account may not do this.');
    }
    request.edge.ctx = contextOf(
      request,
      user,
      this.config.QUESTION_MAX_SECONDS,
      this.letGo(reply, user, contract),
    );
    return true;
  }

  /** Aborted when the caller goes away or may no longer ask, or when the gateway's time for draining is over. */
  private letGo(
    reply: EdgeReply,
    { tenantId, caller }: Authenticated,
    { permission }: RouteContract,
  ): AbortSignal {
    const controller = new AbortController();
    const forget = this.drain.watch(controller);
    // What ends sessions and keys must not be ended by it.
    const unwatch = ANSWERED.has(permission) ? this.callers.watch(tenantId, caller, controller) : undefined;
    reply.raw.once('close', () => {
      forget();
      unwatch?.();
      if (!reply.raw.writableFinished) controller.abort(new CallerGone());
    });
    return controller.signal;
  }
}

function contextOf(
  request: EdgeRequest,
  user: Authenticated,
  maxSeconds: number,
  signal: AbortSignal,
): CallContext {
  return {
    tenantId: user.tenantId,
    caller: spokenTo(user.caller, request.headers['accept-language']),
    traceId: request.edge.traceId,
    deadline: systemClock.monotonic() + maxSeconds * 1_000,
    signal,
  };
}
