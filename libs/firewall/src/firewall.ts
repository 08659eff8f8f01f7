import type { CallContext } from '@lorekeep/kit/context';
import type { Refusal } from '@lorekeep/kit/errors';
import { FirewallFault, refuse } from './firewall.errors.js';
import { inspectText, type Hit, type Inspection } from './inspect-text.js';
import { BUILT_IN, isPolicy, strength, type Action, type Policy } from './policy.js';
import { Redactor, type Redaction } from './redact.js';
import type { Category, TextRole } from './rules/rule.js';

export interface InspectedText {
  readonly role: TextRole;
  readonly text: string;
}

export interface VerdictHit extends Hit {
  /** Which of the texts. */
  readonly text: number;
}

export interface Verdict {
  readonly action: Action;
  readonly hits: readonly VerdictHit[];
  /** The texts to go on with, in the order given: secrets replaced by placeholders. */
  readonly texts: readonly string[];
  /** What the placeholders stand for: for the path alone. */
  readonly redactions: readonly Redaction[];
  /** Present exactly when the action is `refuse`. */
  readonly refusal?: Refusal;
}

/** What the firewall needs of FirewallPolicies. */
export interface PolicySource {
  of(ctx: CallContext): Promise<Policy>;
}

/** Decides about texts before a model sees them. Throws FirewallFault when it cannot decide: then nothing goes on. */
export class Firewall {
  constructor(private readonly policies: PolicySource) {
    // Tables and patterns are built at the start of the process, not within the first question.
    inspectText(BUILT_IN, 'ready', 'user');
  }

  /** A question with everything that goes to the model along with it. */
  async inspectQuestion(ctx: CallContext, texts: readonly InspectedText[]): Promise<Verdict> {
    const policy = await this.policyOf(ctx);
    return judge(policy, texts, ctx.caller.locale);
  }

  /** The text of a document: when it is taken in, and each passage again before it is shown to a model. */
  async screenDocument(ctx: CallContext, text: string): Promise<Verdict> {
    return this.inspectQuestion(ctx, [{ role: 'document', text }]);
  }

  private async policyOf(ctx: CallContext): Promise<Policy> {
    try {
      const policy = await this.policies.of(ctx);
      if (!isPolicy(policy)) throw new FirewallFault('FIREWALL_FAILED');
      return policy;
    } catch (error) {
      throw error instanceof FirewallFault ? error : new FirewallFault('FIREWALL_UNAVAILABLE', error);
    }
  }
}

function judge(policy: Policy, texts: readonly InspectedText[], locale: 'en' | 'zh'): Verdict {
  try {
    const inspections = texts.map(({ role, text }) => inspectText(policy, text, role));
    const action = inspections.reduce<Action>(
      (worst, { action }) => (strength(action) > strength(worst) ? action : worst),
      'allow',
    );
    const hits = inspections.flatMap((inspection, at) =>
      inspection.hits.map((hit) => ({ ...hit, text: at })),
    );
    const redactor = new Redactor(texts.map(({ text }) => text));
    const redacted = texts.map(({ text }, at) => redactor.redact(text, toRedact(inspections[at])));
    const verdict = { action, hits, texts: redacted, redactions: redactor.redactions() };
    return action === 'refuse' ? { ...verdict, refusal: refusalOf(inspections, locale) } : verdict;
  } catch (error) {
    throw new FirewallFault('FIREWALL_FAILED', error);
  }
}

function toRedact(inspection: Inspection | undefined): Hit[] {
  return (inspection?.hits ?? []).filter((hit) => inspection?.categories.get(hit.category) === 'redact');
}

function refusalOf(inspections: readonly Inspection[], locale: 'en' | 'zh'): Refusal {
  const refused = inspections.filter((inspection) => inspection.action === 'refuse');
  const worst = refused.reduce((a, b) => (b.score > a.score ? b : a));
  const category = [...worst.categories].find(([, action]) => action === 'refuse')?.[0] as Category;
  const rules = worst.hits.filter((hit) => hit.category === category).map((hit) => hit.rule);
  return refuse(category, [...new Set(rules)], locale);
}
