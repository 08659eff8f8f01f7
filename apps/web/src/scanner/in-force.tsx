import type { WordListRow } from '@lorekeep/contracts';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { useOverrides } from './use-policy.js';
import { useScannerNames } from './use-scanner-names.js';

/** Which action will be in force, where the policy of the category decides instead of the one that was chosen. */
export function InForce({ category, action }: { category: string; action: WordListRow['action'] }) {
  const { t } = useTexts();
  const names = useScannerNames();
  const instead = useOverrides()(category, action);
  if (instead === null) return null;
  return (
    <Notice tone="warn">
      {t('scanner.policy.decides', {
        category: names.category(category),
        action: t(`scanner.actions.${instead}`),
      })}
    </Notice>
  );
}
