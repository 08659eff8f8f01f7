import { Badge } from '../kit/badge.js';
import { useTexts } from '../locales/use-texts.js';
import { ACTION_TONES } from './use-names.js';

export function ActionBadge({ action }: { action: keyof typeof ACTION_TONES }) {
  const { t } = useTexts();
  return <Badge tone={ACTION_TONES[action]}>{t(`admin.rules.actions.${action}`)}</Badge>;
}
