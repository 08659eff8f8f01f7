import { Badge } from '../kit/badge.js';
import { ACTION_TONES, useActionName } from './use-names.js';

interface Props {
  action: keyof typeof ACTION_TONES;
  /** Whose text it was; documents are quarantined where questions are refused. */
  role?: string;
}

export function ActionBadge({ action, role }: Props) {
  const name = useActionName();
  return <Badge tone={ACTION_TONES[action]}>{name(action, role)}</Badge>;
}
