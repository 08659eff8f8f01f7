import { findSecrets, united, type Secret } from '@lorekeep/kit/matching';
import { visibleText } from './canonical/visible-text.js';

/**
 * Secrets in a whole text, however long they are, with their places in the text that was given. The text is read as
 * it stands, where an invisible character may part a secret from what is before it, and as it is seen, where one may
 * stand within a secret; what both find is one. Time is linear in the length.
 */
export function findVisibleSecrets(text: string): Secret[] {
  const found = findSecrets(text);
  const visible = visibleText(text);
  if (visible.text === text) return found;
  const seen = findSecrets(visible.text).map(({ kind, start, end }) => ({
    kind,
    ...visible.span(start, end),
  }));
  // A footer may be seen that does not stand there: of private keys, which have no border to miss, what is seen counts.
  return united([...found.filter(({ kind }) => kind !== 'private-key'), ...seen]);
}
