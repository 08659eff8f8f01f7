import { CATEGORIES, type Category } from './rules/rule.js';

export const ACTIONS = ['allow', 'flag', 'redact', 'refuse'] as const;
export type Action = (typeof ACTIONS)[number];

/** What is done about a text in which a category is certain; uncertain ones are flagged at most. */
export type Policy = Readonly<Record<Category, Action>>;

/** What holds where a tenant has set nothing. For documents, `refuse` means: not indexed, until somebody has looked. */
export const BUILT_IN: Policy = {
  'direct-injection': 'refuse',
  jailbreak: 'refuse',
  'prompt-leak': 'refuse',
  'path-traversal': 'refuse',
  sql: 'refuse',
  secret: 'redact',
  'document-instruction': 'refuse',
  'hidden-text': 'refuse',
};

/** Only what has an exact place can be taken out of a text and leave it whole. */
export function allowedActions(category: Category): readonly Action[] {
  return category === 'secret' ? ACTIONS : ['allow', 'flag', 'refuse'];
}

export function isCategory(name: string): name is Category {
  return (CATEGORIES as readonly string[]).includes(name);
}

/** False for anything that leaves a category without a known action. */
export function isPolicy(value: unknown): value is Policy {
  if (typeof value !== 'object' || value === null) return false;
  const actions = value as Record<string, unknown>;
  return CATEGORIES.every((category) => (ACTIONS as readonly unknown[]).includes(actions[category]));
}

export function strength(action: Action): number {
  return ACTIONS.indexOf(action);
}
