import { useTexts } from '../locales/use-texts.js';

export const CATEGORY_GROUPS = {
  steering: ['direct-injection', 'jailbreak', 'prompt-leak', 'document-instruction'],
  payloads: [
    ...(['sql', 'command', 'path-traversal', 'xss', 'ssrf', 'template-injection', 'xxe'] as const),
    'ldap-nosql',
  ],
  private: ['secret', 'personal-data'],
  form: ['obfuscation', 'hidden-text', 'flooding'],
} as const;
export type CategoryGroup = keyof typeof CATEGORY_GROUPS;
export const GROUP_NAMES = Object.keys(CATEGORY_GROUPS) as CategoryGroup[];
export const CATEGORY_NAMES = Object.values(CATEGORY_GROUPS).flat();

/** Categories by the names that people know them by. */
export function useCategoryName(): (category: string) => string {
  const { t } = useTexts();
  return (category) => {
    const known = CATEGORY_NAMES.find((each) => each === category);
    return known ? t(`admin.rules.categories.${known}`) : category;
  };
}

/** Of what kind a rule is: those of the product are named after their category, `own.` are the tenant's. */
export function useRuleName(): (rule: string) => string {
  const { t } = useTexts();
  const category = useCategoryName();
  return (rule) => {
    const family = rule.split('.')[0] ?? '';
    return family === 'own' ? t('firewall.tabs.rules') : category(family);
  };
}

/** Whose texts a category is found in, where that is documents alone. */
export const roleOfCategory = (category: string) =>
  category === 'document-instruction' ? 'document' : undefined;

/** What is done with a text, by name: a refused document is not lost, it waits until somebody has looked. */
export function useActionName(): (action: keyof typeof ACTION_TONES, role?: string) => string {
  const { t } = useTexts();
  return (action, role) =>
    action === 'refuse' && role === 'document'
      ? t('firewall.bench.quarantine')
      : t(`admin.rules.actions.${action}`);
}

export const ACTION_TONES = { allow: 'good', flag: 'accent', redact: 'warn', refuse: 'bad' } as const;
