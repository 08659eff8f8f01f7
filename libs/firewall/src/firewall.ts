import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { sparing } from './exceptions/exception.js';
import { FirewallFault } from './firewall.errors.js';
import { inspectText } from './inspect-text.js';
import { judge, type InspectedText, type Verdict } from './judge.js';
import { BUILT_IN, isPolicy, type Policy } from './policy.js';
import type { TenantPolicy } from './setup/setup.js';

/** What the firewall needs of FirewallPolicies. */
export interface PolicySource {
  of(ctx: CallContext): Promise<TenantPolicy>;
}

/** Decides about texts before a model sees them. Throws FirewallFault when it cannot decide: then nothing goes on. */
export class Firewall {
  constructor(
    private readonly policies: PolicySource,
    private readonly clock: Clock = systemClock,
  ) {
    // Tables and patterns are built at the start of the process, not within the first question.
    inspectText(BUILT_IN, 'ready', 'user');
  }

  /** A question with everything that goes to the model along with it. */
  async inspectQuestion(ctx: CallContext, texts: readonly InspectedText[]): Promise<Verdict> {
    const policy = await this.policyOf(ctx);
    try {
      return judge(policy, texts, ctx.caller.locale);
    } catch (error) {
      throw new FirewallFault('FIREWALL_FAILED', error);
    }
  }

  /** The text of a document: when it is taken in, and each passage again before it is shown to a model. */
  async screenDocument(ctx: CallContext, text: string): Promise<Verdict> {
    return this.inspectQuestion(ctx, [{ role: 'document', text }]);
  }

  private async policyOf(ctx: CallContext): Promise<Policy> {
    try {
      const policy = await this.policies.of(ctx);
      if (!isPolicy(policy)) throw new FirewallFault('FIREWALL_FAILED');
      const sparedBy = sparing(policy.exceptions ?? [], ctx.caller.groupIds, this.clock.now());
      return sparedBy ? { ...policy, sparedBy } : policy;
    } catch (error) {
      throw error instanceof FirewallFault ? error : new FirewallFault('FIREWALL_UNAVAILABLE', error);
    }
  }
}
