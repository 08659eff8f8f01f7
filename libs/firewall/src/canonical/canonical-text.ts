import { baseFold, foldText, originalSpan, type FoldedText } from '@lorekeep/kit/matching';
import { unmask } from './confusables.js';

/** A text as the rules read it, which still knows where everything stood. */
export interface CanonicalText {
  readonly text: string;
  /** The span of the original that a span of `text` came from; offsets are UTF-16 units. */
  span(start: number, end: number): { start: number; end: number };
}

const NEWLINE = 0x0a;

/**
 * Compatibility forms, case, accents and invisible characters folded away, look-alike letters in mixed words made
 * Latin. Lines stay lines: some rules ask what begins one.
 */
export function canonicalText(original: string): CanonicalText {
  const folded = foldText(original, baseFold(['case', 'width', 'compatibility']));
  const text = unmask(withLines(original, folded));
  // `unmask` keeps lengths, so the map of the fold still holds.
  return { text, span: (start, end) => originalSpan(folded, start, end) };
}

function withLines(original: string, folded: FoldedText): string {
  if (!original.includes('\n')) return folded.text;
  let text = '';
  let from = 0;
  for (let at = folded.text.indexOf(' '); at >= 0; at = folded.text.indexOf(' ', at + 1)) {
    if (original.charCodeAt(folded.starts[at] ?? 0) !== NEWLINE) continue;
    text += `${folded.text.slice(from, at)}\n`;
    from = at + 1;
  }
  return text + folded.text.slice(from);
}
