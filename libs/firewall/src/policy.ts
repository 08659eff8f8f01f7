import type { RuleMatch } from './rules/rule-set.js';
import { CATEGORIES, PARANOIA_LEVELS, type Category, type Paranoia, type TextRole } from './rules/rule.js';

export const ACTIONS = ['allow', 'flag', 'redact', 'refuse'] as const;
export type Action = (typeof ACTIONS)[number];

export const PRESETS = ['balanced', 'strict'] as const;
export type Preset = (typeof PRESETS)[number];

/** What is done about a text in which a category is certain; uncertain ones are flagged at most. */
export type Actions = Readonly<Record<Category, Action>>;

export interface Policy {
  /** In `strict` a payload that is only talked about counts like one that is offered. */
  readonly preset: Preset;
  readonly paranoia: Paranoia;
  readonly actions: Actions;
  /** Decides and records, but lets through; what is secret is taken out all the same. */
  readonly shadow?: boolean;
  /** The tenant's rules beside the product's, for any view of a text. */
  readonly own?: {
    match(view: string, role: TextRole, paranoia: Paranoia, each?: number): RuleMatch[];
    /** Steps by which they are made ready before they are asked. */
    preparing?(): Iterator<unknown>;
  };
  /** The id of the exception under which a hit does not count. */
  readonly sparedBy?: (hit: Found, text: string) => string | undefined;
}

/** A policy as it holds for members of these groups: exceptions may be theirs alone. */
export type PolicyFor = (groupIds: readonly string[]) => Policy;

/** What an exception is asked about; places in the text that was given. */
export interface Found {
  readonly rule: string;
  readonly category: Category;
  readonly start: number;
  readonly end: number;
}

/** For documents, `refuse` means: not indexed, until somebody has looked. */
const ACTIONS_BUILT_IN: Actions = {
  'direct-injection': 'refuse',
  jailbreak: 'refuse',
  'prompt-leak': 'refuse',
  obfuscation: 'flag',
  sql: 'refuse',
  command: 'refuse',
  'path-traversal': 'refuse',
  xss: 'refuse',
  ssrf: 'refuse',
  'template-injection': 'refuse',
  xxe: 'refuse',
  'ldap-nosql': 'refuse',
  secret: 'redact',
  'personal-data': 'allow',
  flooding: 'refuse',
  'document-instruction': 'refuse',
  'hidden-text': 'refuse',
};

/** What a preset stands for; a tenant changes single actions and raises the level. */
export const PRESET_POLICIES: Readonly<Record<Preset, Policy>> = {
  balanced: { preset: 'balanced', paranoia: 1, actions: ACTIONS_BUILT_IN },
  strict: { preset: 'strict', paranoia: 3, actions: { ...ACTIONS_BUILT_IN, 'personal-data': 'flag' } },
};

/** What holds where a tenant has set nothing. */
export const BUILT_IN: Policy = PRESET_POLICIES.balanced;

/** A policy with some of its actions changed. */
export function withActions(changes: Partial<Actions>, policy = BUILT_IN): Policy {
  return { ...policy, actions: { ...policy.actions, ...changes } };
}

/** Only what has an exact place can be taken out of a text and leave it whole. */
export function allowedActions(category: Category): readonly Action[] {
  return category === 'secret' || category === 'personal-data' ? ACTIONS : ['allow', 'flag', 'refuse'];
}

export function isCategory(name: string): name is Category {
  return (CATEGORIES as readonly string[]).includes(name);
}

/** False for anything that leaves a category without a known action. */
export function isPolicy(value: unknown): value is Policy {
  if (typeof value !== 'object' || value === null) return false;
  const { preset, paranoia, actions } = value as Partial<Record<keyof Policy, unknown>>;
  if (!(PRESETS as readonly unknown[]).includes(preset)) return false;
  if (!(PARANOIA_LEVELS as readonly unknown[]).includes(paranoia)) return false;
  if (typeof actions !== 'object' || actions === null) return false;
  const known = actions as Record<string, unknown>;
  return CATEGORIES.every((category) => (ACTIONS as readonly unknown[]).includes(known[category]));
}

export function strength(action: Action): number {
  return ACTIONS.indexOf(action);
}
