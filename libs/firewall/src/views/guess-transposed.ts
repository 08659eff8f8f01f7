import { MapBuilder, type MappedText } from './mapped-text.js';
import type { Traits } from './traits.js';
import { BRIEF, readLanguage } from './text-like.js';

const LEAST = 12;

/** Where the unit at each place of the text that was meant stands: pairs exchanged, every other one, two halves. */
const ORDERS: readonly ((length: number) => (at: number) => number)[] = [
  (length) => (at) => (at % 2 === 0 ? Math.min(at + 1, length - 1) : at - 1),
  (length) => (at) => (at % 2 === 0 ? at / 2 : Math.ceil(length / 2) + (at - 1) / 2),
  (length) => (at) => (at < Math.ceil(length / 2) ? at * 2 : (at - Math.ceil(length / 2)) * 2 + 1),
];

/** The letters of a short text in another order, where it has no words as it stands. */
export function guessTransposed(source: MappedText, traits: Traits): MappedText | undefined {
  const { text } = source;
  if (text.length < LEAST || text.length > BRIEF) return undefined;
  const isHan = traits.han * 2 > text.length;
  if (!isHan && (traits.words < 2 || traits.known * 4 > traits.words)) return undefined;
  const before = readLanguage(text);
  if (isHan && before.hanPairs * 4 > before.han) return undefined;
  for (const order of ORDERS) {
    const placeOf = order(text.length);
    let meant = '';
    for (let at = 0; at < text.length; at++) meant += text.charAt(placeOf(at));
    const after = readLanguage(meant);
    const isRead = isHan
      ? after.hanPairs * 3 > after.han && after.hanPairs > before.hanPairs + 2
      : after.knownWords > 2 && after.known * 2 > after.letters && after.known > before.known * 2;
    if (!isRead) continue;
    const builder = new MapBuilder(source);
    for (let at = 0; at < text.length; at++) builder.copy(placeOf(at), placeOf(at) + 1);
    return builder.finish();
  }
  return undefined;
}
