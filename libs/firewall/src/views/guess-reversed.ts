import { MapBuilder, type MappedText } from './mapped-text.js';
import { isDense, type Traits } from './traits.js';
import { BRIEF, gain, readLanguage } from './text-like.js';

const SAMPLE = 2_048;
/** Four words near each other, in a text of others. */
const NEAR = 3;

/** Read from its end, or every word from its end; whichever reads more like language. */
export function guessReversed(source: MappedText, traits: Traits, isWanted: boolean): MappedText[] {
  const isLatin = isDense(traits.reversed, traits);
  const isHan = traits.hanReversed >= 2 && traits.hanReversed > traits.hanForward;
  if (!isLatin && !isHan && !isWanted) return [];
  const { text } = source;
  const sample = text.slice(-SAMPLE);
  const isSure = isWanted || traits.reversed.peak >= NEAR;
  const turned = isSure ? '' : reverse(sample);
  if (!isSure && gain(turned, sample) <= 0 && (text.length > BRIEF || readLanguage(turned).knownWords < 3))
    return [];
  const whole = reversedWhole(source);
  if (!isLatin) return [whole];
  // Letters stand the same way in both; which words follow which does not.
  return [whole, reversedByWord(source)];
}

function reverse(text: string): string {
  return [...text].reverse().join('');
}

function reversedWhole(source: MappedText): MappedText {
  const { text } = source;
  const builder = new MapBuilder(source);
  for (let at = text.length; at > 0;) {
    const isPair = at > 1 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 2, at));
    const from = at - (isPair ? 2 : 1);
    builder.replace(text.slice(from, at), from);
    at = from;
  }
  return builder.finish();
}

function reversedByWord(source: MappedText): MappedText {
  const { text } = source;
  const builder = new MapBuilder(source);
  let copied = 0;
  for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    builder.copy(copied, index);
    for (let at = index + word.length - 1; at >= index; at--) builder.replace(text.charAt(at), at);
    copied = index + word.length;
  }
  builder.copy(copied, text.length);
  return builder.finish();
}

/** Words in the other order, each as it stands. */
export function reversedOrder(source: MappedText): MappedText {
  const { text } = source;
  const builder = new MapBuilder(source);
  const words = [...text.matchAll(/\S+/g)];
  for (const { index, 0: word } of words.reverse()) {
    if (builder.length > 0) builder.put(' ', Math.max(0, index - 1), index + 1);
    builder.copy(index, index + word.length);
  }
  return builder.finish();
}
