import type { PolicyAction, Severity } from '@lorekeep/contracts';
import { DEFAULT_FOLDS } from '../category-defaults.js';
import type { DefaultCategory, DefaultTier } from '../scan-table.js';
import { CHINESE_WORDS } from './chinese-words.js';
import { ENGLISH_WORDS } from './english-words.js';
import { ORDINARY_PHRASES } from './ordinary-phrases.js';

const category = (name: string, action: PolicyAction, severity: Severity): DefaultCategory => ({
  ...{ name, action, severity, folds: DEFAULT_FOLDS },
});

/** Insults are masked; offers of what is forbidden, and encouragement to harm, end the answer. */
const CATEGORIES: readonly DefaultCategory[] = [
  category('profanity', 'redact', 'low'),
  category('sexual', 'redact', 'medium'),
  category('gambling', 'redact', 'medium'),
  category('fraud', 'redact', 'high'),
  category('hate', 'redact', 'high'),
  category('drugs', 'stop', 'high'),
  category('weapons', 'stop', 'critical'),
  category('violence', 'redact', 'high'),
  category('self-harm', 'stop', 'critical'),
  category('extremism', 'stop', 'critical'),
];

function entriesOf(words: Readonly<Record<string, string>>): { text: string; category: string }[] {
  return Object.entries(words).flatMap(([name, list]) =>
    list
      .split(/[;\n]/u)
      .filter((text) => text !== '')
      .map((text) => ({ text, category: name })),
  );
}

/** The words that every tenant starts with; SOURCES.md says where they come from. */
export const DEFAULT_TIER: DefaultTier = {
  id: 'default-2',
  categories: CATEGORIES,
  words: [
    ...entriesOf(ENGLISH_WORDS),
    ...entriesOf(CHINESE_WORDS),
    ...entriesOf(ORDINARY_PHRASES).map((entry) => ({ ...entry, allow: true })),
  ],
};
