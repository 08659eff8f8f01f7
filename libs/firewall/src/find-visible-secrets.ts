import { findSecrets, united, type Secret } from '@lorekeep/kit/matching';
import { isSeenAsItStands, visibleText } from './canonical/visible-text.js';
import { isPublished } from './published-keys.js';

/** A block that ends and holds less is the form of a key, as instructions show it. */
const KEY_MIN = 24;
const FRAME = /-----(?:BEGIN|END)[A-Z0-9 ]{1,64}-----/g;

/**
 * Secrets in a whole text, however long they are, with their places in the text that was given. The text is read as
 * it stands, where an invisible character may part a secret from what is before it, and as it is seen, where one may
 * stand within a secret; what both find is one. Time is linear in the length.
 * @param isPlain whether the text is seen as it stands
 */
export function findVisibleSecrets(text: string, isPlain = isSeenAsItStands(text)): Secret[] {
  const found = findSecrets(text).filter((secret) => isOwn(text, secret));
  if (isPlain) return found;
  const visible = visibleText(text);
  if (visible.text === text) return found;
  const seen = findSecrets(visible.text)
    .filter((secret) => isOwn(visible.text, secret))
    .map(({ kind, start, end }) => ({
      kind,
      ...visible.span(start, end),
    }));
  // A footer may be seen that does not stand there: of private keys, which have no border to miss, what is seen counts.
  return united([...found.filter(({ kind }) => kind !== 'private-key'), ...seen]);
}

function isOwn(text: string, secret: Secret): boolean {
  return isFilled(text, secret) && !isPublished(text, secret);
}

function isFilled(text: string, { kind, start, end }: Secret): boolean {
  if (kind !== 'private-key') return true;
  const block = text.slice(start, end);
  if (!/-----END [^-]{1,64}-----$/.test(block)) return true;
  return (block.replace(FRAME, '').match(/[A-Za-z0-9+/=]/g)?.length ?? 0) >= KEY_MIN;
}
