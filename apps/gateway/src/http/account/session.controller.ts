import { Controller, Inject, Req, Res } from '@nestjs/common';
import { Audit } from '@lorekeep/audit';
import { Sessions, Tenants } from '@lorekeep/auth';
import { routes, type Person } from '@lorekeep/contracts';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply, EdgeRequest } from '../../edge/request.js';
import { SessionCookie } from '../../edge/session-cookie.js';
import { LocalSignIn } from './local-sign-in.js';
import { personOf } from './person-of.js';

@Controller()
export class SessionController {
  constructor(
    @Inject(LocalSignIn) private readonly signIns: LocalSignIn,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(SessionCookie) private readonly cookie: SessionCookie,
  ) {}

  @Contract(routes.signIn)
  async signIn(
    @Input('body') body: { email: string; password: string; tenant: string },
    @Req() request: EdgeRequest,
    @Res({ passthrough: true }) reply: EdgeReply,
  ): Promise<Person> {
    const signedIn = await this.signIns.run(body, request);
    const ctx = systemContext(signedIn.tenantId, { traceId: request.edge.traceId });
    const tenant = found(await this.tenants.get(ctx));
    this.cookie.set(reply, signedIn.sessionToken);
    return personOf(signedIn.caller, tenant);
  }

  @Contract(routes.me)
  async me(@Ctx() ctx: CallContext): Promise<Person> {
    return personOf(ctx.caller, found(await this.tenants.get(ctx)));
  }

  @Contract(routes.signOut)
  async signOut(@Ctx() ctx: CallContext, @Res({ passthrough: true }) reply: EdgeReply): Promise<void> {
    const { sessionId } = ctx.caller;
    if (!sessionId) throw new RequestError(400, 'AUTH_NO_SESSION', 'An API key has no session to end.');
    await this.sessions.revoke(ctx, sessionId, 'signed out');
    await this.audit.append(ctx, { kind: 'session.ended', outcome: 'done', detail: { sessionId } });
    this.cookie.clear(reply);
  }
}
