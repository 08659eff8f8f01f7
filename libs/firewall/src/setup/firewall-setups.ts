import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import type { FirewallCases, Trial } from '../cases/cases.js';
import { sparing } from '../exceptions/exception.js';
import type { FirewallPolicies } from '../firewall-policies.js';
import type { PolicyFor } from '../policy.js';
import type { FirewallPolicyRepository, SavedVersion } from '../store/firewall-policy.repository.js';
import { changesBetween, type Change } from './changes.js';
import { checkSetup, type AskedSetup } from './check-setup.js';
import { compileSetup, NO_SETUP, type Setup } from './setup.js';

export interface Preview {
  readonly changes: readonly Change[];
  readonly cases: Trial;
}

/** Where to look up a setup that is in force: to be changed as one. */
export class FirewallSetups {
  constructor(
    private readonly repository: FirewallPolicyRepository,
    private readonly policies: Pick<FirewallPolicies, 'forget'>,
    private readonly cases: FirewallCases,
    private readonly clock: Clock = systemClock,
  ) {}

  async show(ctx: CallContext): Promise<{ setup: Setup; version: number }> {
    return (await this.repository.load(ctx)) ?? { setup: NO_SETUP, version: 0 };
  }

  /** What a change would do; nothing is changed. @throws RequestError FIREWALL_POLICY_INVALID (422), naming all mistakes */
  async preview(ctx: CallContext, asked: AskedSetup): Promise<Preview> {
    const { setup: before } = await this.show(ctx);
    return this.compare(ctx, before, await this.checked(ctx, asked, before));
  }

  /**
   * Puts a setup in force; all or nothing.
   * @throws RequestError FIREWALL_POLICY_INVALID (422); FIREWALL_POLICY_CHANGED (409) where another version than `over`
   * is in force; FIREWALL_CASES_BROKEN (409) where tests break and that was not accepted
   */
  async save(ctx: CallContext, asked: AskedSetup, over: number, acceptBroken: boolean): Promise<Preview> {
    const { setup: before, version } = await this.show(ctx);
    if (version !== over) throw changedMeanwhile();
    const setup = await this.checked(ctx, asked, before);
    const preview = await this.compare(ctx, before, setup);
    if (preview.cases.broken.length > 0 && !acceptBroken) throw broken(preview.cases);
    if (!(await this.repository.save(ctx, setup, { setup: before, version: over }))) throw changedMeanwhile();
    this.policies.forget(ctx.tenantId);
    return preview;
  }

  /** What can be returned to, newest first. */
  versions(ctx: CallContext): Promise<SavedVersion[]> {
    return this.repository.versions(ctx);
  }

  /** A setup that was in force; 0 is what is built in. Undefined where it is not kept. */
  async version(ctx: CallContext, version: number): Promise<Setup | undefined> {
    return version === 0 ? NO_SETUP : this.repository.version(ctx, version);
  }

  /** A draft made ready for the workbench and for replays. @throws RequestError FIREWALL_POLICY_INVALID (422) */
  async draft(ctx: CallContext, asked: AskedSetup): Promise<{ policy: PolicyFor; changes: Change[] }> {
    const { setup } = await this.show(ctx);
    const drafted = await this.checked(ctx, asked, setup);
    return { policy: this.ready(drafted), changes: changesBetween(setup, drafted) };
  }

  /** What is in force, as `draft` is. */
  async current(ctx: CallContext): Promise<PolicyFor> {
    return this.ready((await this.show(ctx)).setup);
  }

  private ready(setup: Setup): PolicyFor {
    const policy = compileSetup(setup);
    const now = this.clock.now();
    return (groupIds) => {
      const sparedBy = sparing(setup.exceptions, groupIds, now);
      return { ...policy, ...(sparedBy && { sparedBy }) };
    };
  }

  private async checked(ctx: CallContext, asked: AskedSetup, before: Setup): Promise<Setup> {
    const { userId: id, displayName: name } = ctx.caller;
    const named = asked.exceptions.flatMap(({ groupIds }) => groupIds);
    const groups = await this.repository.groupsAmong(ctx, named);
    const checked = checkSetup(asked, before, { id, name, now: this.clock.now() }, groups);
    if (!Array.isArray(checked)) return checked as Setup;
    const text = 'The policy has mistakes; nothing was changed.';
    throw new RequestError(422, 'FIREWALL_POLICY_INVALID', text, [...checked]);
  }

  private async compare(ctx: CallContext, before: Setup, after: Setup): Promise<Preview> {
    const cases = await this.cases.try(ctx, this.ready(before), this.ready(after));
    return { changes: changesBetween(before, after), cases };
  }
}

function changedMeanwhile(): RequestError {
  const text = 'Somebody else has changed the policy meanwhile; nothing was changed.';
  return new RequestError(409, 'FIREWALL_POLICY_CHANGED', text);
}

function broken({ broken }: Trial): RequestError {
  const details = broken.map(({ id, expected, got }) => ({
    path: `cases.${id}`,
    message: `expected ${expected}, would be ${got}`,
  }));
  return new RequestError(
    409,
    'FIREWALL_CASES_BROKEN',
    'Tests of yours would fail; nothing was changed.',
    details,
  );
}
