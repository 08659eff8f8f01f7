import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Classifier } from './classifier/classifier.js';
import { sparing } from './exceptions/exception.js';
import { FirewallFault } from './firewall.errors.js';
import { inspectText, prepareRules, type Inspection } from './inspect-text.js';
import { KeptInspections } from './kept-inspections.js';
import { settle, type InspectedText, type Verdict } from './judge.js';
import { isPolicy, type Policy } from './policy.js';
import type { TenantPolicy } from './setup/setup.js';

/** What the firewall needs of FirewallPolicies. */
export interface PolicySource {
  of(ctx: CallContext): Promise<TenantPolicy>;
}

/** Decides about texts before a model sees them. Throws FirewallFault when it cannot decide: then nothing goes on. */
export class Firewall {
  private readonly passages = new KeptInspections();

  constructor(
    private readonly policies: PolicySource,
    private readonly clock: Clock = systemClock,
    private readonly classifier?: Classifier,
  ) {
    // Tables and patterns are built at the start of the process, not within the first question.
    prepareRules();
  }

  /** A question with everything that goes to the model along with it. */
  async inspectQuestion(ctx: CallContext, texts: readonly InspectedText[]): Promise<Verdict> {
    const policy = await this.policyOf(ctx);
    try {
      const inspections = await Promise.all(texts.map((text) => this.inspect(policy, text)));
      return settle(policy, texts, inspections, ctx.caller.locale);
    } catch (error) {
      throw new FirewallFault('FIREWALL_FAILED', error);
    }
  }

  /** The text of a document: when it is taken in, and each passage again before it is shown to a model. */
  async screenDocument(ctx: CallContext, text: string): Promise<Verdict> {
    return this.inspectQuestion(ctx, [{ role: 'document', text }]);
  }

  /** By the rules, and where they are in doubt with a second opinion. Without one, theirs stands. */
  private async inspect(policy: Policy, { role, text }: InspectedText): Promise<Inspection> {
    const inspection = role === 'document' ? this.passages.of(policy, text) : inspectText(policy, text, role);
    const judged = await this.classifier?.judge(policy, text, role, inspection).catch(() => undefined);
    return judged === undefined ? inspection : inspectText(policy, text, role, judged);
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
