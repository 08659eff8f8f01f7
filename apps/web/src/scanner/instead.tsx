import type { ScannerCategory } from '@lorekeep/contracts';
import { useTexts } from '../locales/use-texts.js';

/** What the policy does instead of what a word or a list says; nothing where it says nothing. */
export function Instead({ action }: { action: ScannerCategory['action'] }) {
  const { t } = useTexts();
  if (action === null) return null;
  return (
    <span className="text-12 text-text-2">
      {' '}
      {t('scanner.policy.instead', { action: t(`scanner.actions.${action}`) })}
    </span>
  );
}
