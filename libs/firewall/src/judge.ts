import type { Refusal } from '@lorekeep/kit/errors';
import { refuse } from './firewall.errors.js';
import { inspectText, type Hit, type Inspection, type SparedHit } from './inspect-text.js';
import { strength, type Action, type Policy } from './policy.js';
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
  /** In shadow mode: what would have been done. */
  readonly shadow?: Action;
  /** What is done, or would be, about each of the texts. */
  readonly actions?: readonly Action[];
  readonly hits: readonly VerdictHit[];
  /** Hits that did not count, each with the exception that says so. */
  readonly spared?: readonly (SparedHit & { readonly text: number })[];
  /** The texts to go on with, in the order given: secrets replaced by placeholders. */
  readonly texts: readonly string[];
  /** What the placeholders stand for: for the path alone. */
  readonly redactions: readonly Redaction[];
  /** Present exactly when the action is `refuse`. */
  readonly refusal?: Refusal;
}

/** What a policy does about texts that go on together. Pure. */
export function judge(policy: Policy, texts: readonly InspectedText[], locale: 'en' | 'zh'): Verdict {
  const inspections = texts.map(({ role, text }) => inspectText(policy, text, role));
  return settle(policy, texts, inspections, locale);
}

/** The same of texts that have been inspected. */
export function settle(
  policy: Policy,
  texts: readonly InspectedText[],
  inspections: readonly Inspection[],
  locale: 'en' | 'zh',
): Verdict {
  const wanted = inspections.reduce<Action>((worst, { action }) => stronger(worst, action), 'allow');
  const hits = inspections.flatMap((inspection, at) => inspection.hits.map((hit) => ({ ...hit, text: at })));
  const spared = inspections.flatMap((inspection, at) =>
    inspection.spared.map((hit) => ({ ...hit, text: at })),
  );
  const redactor = new Redactor(texts.map(({ text }) => text));
  const shadow = policy.shadow === true;
  const redacted = texts.map(({ text }, at) => redactor.redact(text, toRedact(inspections[at])));
  const verdict = {
    actions: inspections.map(({ action }) => action),
    hits,
    ...(spared.length > 0 && { spared }),
    texts: redacted,
    redactions: redactor.redactions(),
  };
  if (shadow) {
    const taken = verdict.redactions.length > 0;
    return { ...verdict, action: taken ? 'redact' : weaker(wanted, 'flag'), shadow: wanted };
  }
  if (wanted !== 'refuse') return { ...verdict, action: wanted };
  return { ...verdict, action: wanted, refusal: refusalOf(inspections, locale) };
}

const stronger = (one: Action, other: Action): Action => (strength(other) > strength(one) ? other : one);
const weaker = (one: Action, other: Action): Action => (strength(other) < strength(one) ? other : one);

/** What is refused for its secrets loses them too: its text is recorded, and in shadow mode it goes on. */
function toRedact(inspection: Inspection | undefined): Hit[] {
  return (inspection?.hits ?? []).filter(({ category }) => {
    const action = inspection?.categories.get(category);
    const withheld = category === 'secret' || category === 'personal-data';
    return action === 'redact' || (withheld && action === 'refuse');
  });
}

function refusalOf(inspections: readonly Inspection[], locale: 'en' | 'zh'): Refusal {
  const refused = inspections.filter((inspection) => inspection.action === 'refuse');
  const worst = refused.reduce((a, b) => (b.score > a.score ? b : a));
  const category = [...worst.categories].find(([, action]) => action === 'refuse')?.[0] as Category;
  return refuse(category, locale);
}
