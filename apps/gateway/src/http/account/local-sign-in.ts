import { Inject, Injectable } from '@nestjs/common';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { Audit } from '@lorekeep/audit';
import { SignIn, type SignInResult } from '@lorekeep/auth';
import { systemContext } from '@lorekeep/kit/context';
import { Refusal, RequestError } from '@lorekeep/kit/errors';
import type { EdgeRequest } from '../../edge/request.js';
import { evenTime } from './even-time.js';

export type SignedIn = Extract<SignInResult, { kind: 'signed-in' }>;
type Failure = Extract<SignInResult, { kind: 'refused' }>;

export interface Credentials {
  email: string;
  password: string;
  /** Short name of the organisation. */
  tenant: string;
}

/** Passport's own refusal of an empty e-mail or password. */
const NOTHING_GIVEN: Failure = { kind: 'refused', reason: 'invalid', tenantId: null };

function isOutcome(value: unknown): value is SignedIn | Failure {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** E-mail and password through Passport's local strategy; every attempt is recorded, failed ones too. */
@Injectable()
export class LocalSignIn {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async run(body: Credentials, request: EdgeRequest): Promise<SignedIn> {
    // Not from its arrival: how long its body takes is the sender's choice.
    const began = performance.now();
    const outcome = await this.authenticate(body, request);
    // Failed attempts on an unknown tenant have no chain to stand in.
    if (outcome.tenantId !== null) await this.record(outcome.tenantId, outcome, body.email, request);
    if (outcome.kind === 'signed-in') return outcome;
    await evenTime(performance.now() - began);
    if (outcome.reason === 'throttled') {
      throw new Refusal({
        step: 'auth',
        code: 'AUTH_THROTTLED',
        text: 'Too many attempts. Wait a little before the next one.',
        status: 429,
        ...(outcome.retryAfter === undefined ? {} : { retryAfter: outcome.retryAfter }),
      });
    }
    throw new RequestError(401, 'AUTH_INVALID_CREDENTIALS', 'E-mail, password or organisation is not right.');
  }

  private authenticate(body: Credentials, request: EdgeRequest): Promise<SignedIn | Failure> {
    // Defaults of the contract (the organisation) are in the parsed body, not in the raw one.
    const given = Object.assign(Object.create(request) as EdgeRequest, { body });
    return new Promise((resolve, reject) => {
      const done = (error: unknown, user: unknown, info: unknown) => {
        if (error) reject(error as Error);
        else resolve(isOutcome(user) ? user : isOutcome(info) ? info : NOTHING_GIVEN);
      };
      // Passport writes its callbacks onto a strategy that it is given: one shared by two requests would answer
      // the first with the outcome of the second. Each request has its own.
      const strategy = this.strategyFor(body, request);
      const run = passport.authenticate(strategy, { session: false }, done) as (
        request: unknown,
        response: unknown,
        next: (error: unknown) => void,
      ) => void;
      run(given, {}, reject);
    });
  }

  private strategyFor({ tenant }: Credentials, request: EdgeRequest): Strategy {
    const client = { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' };
    return new Strategy(
      { usernameField: 'email', passwordField: 'password', session: false },
      (email, password, done) => {
        this.signIn.run({ tenantSlug: tenant, email, password, ...client }).then(
          (result) => (result.kind === 'signed-in' ? done(null, result) : done(null, false, result as never)),
          (error: unknown) => done(error),
        );
      },
    );
  }

  private async record(
    tenantId: string,
    outcome: SignedIn | Failure,
    email: string,
    request: EdgeRequest,
  ): Promise<void> {
    const ctx = systemContext(tenantId, { traceId: request.edge.traceId });
    const caller = outcome.kind === 'signed-in' ? outcome.caller : ctx.caller;
    await this.audit.append(
      { ...ctx, caller },
      {
        kind: outcome.kind === 'signed-in' ? 'sign-in.succeeded' : 'sign-in.failed',
        outcome: outcome.kind === 'signed-in' ? 'done' : outcome.reason,
        // What was typed as an address may be a password: only something that looks like one is kept.
        detail: {
          email: /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email) ? email.toLowerCase() : null,
          ip: request.ip,
        },
      },
    );
  }
}
