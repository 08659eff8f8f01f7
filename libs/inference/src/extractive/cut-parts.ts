import { countTokens } from '../prompt/estimate-tokens.js';

export interface CutParts {
  readonly parts: readonly string[];
  /** How many of the parts are whole; from the first on. */
  readonly whole: number;
  /** `length`: what came after did not fit. */
  readonly reason: 'stop' | 'length';
}

/**
 * As many of the parts as fit into so many tokens, estimated. A quotation is shown whole or not at all, so that it says
 * what its source says; only where not even the first part fits is its beginning given, without what cites it.
 */
export function cutParts(parts: readonly string[], maxTokens: number | undefined): CutParts {
  if (maxTokens === undefined) return { parts, whole: parts.length, reason: 'stop' };
  let tokens = 0;
  const whole = parts.findIndex((part) => (tokens += countTokens(part)) > maxTokens);
  if (whole < 0) return { parts, whole: parts.length, reason: 'stop' };
  if (whole > 0) return { parts: parts.slice(0, whole), whole, reason: 'length' };
  const beginning = cutText(parts[0] ?? '', maxTokens);
  return { parts: beginning === '' ? [] : [beginning], whole: 0, reason: 'length' };
}

/** What stands before the stop sequence that is complete first, as model servers end an answer; a part may end within. */
export function cutAtStop(
  parts: readonly string[],
  stop: readonly string[] = [],
): Pick<CutParts, 'parts' | 'whole'> {
  const text = parts.join('');
  const found = stop
    .map((sequence) => ({ at: text.indexOf(sequence), sequence }))
    .filter(({ at }) => at >= 0);
  const [first] = found.sort((one, other) => one.at + one.sequence.length - other.at - other.sequence.length);
  if (!first) return { parts, whole: parts.length };
  let left = first.at;
  const before = parts.map((part) => {
    const shown = part.slice(0, left);
    left -= shown.length;
    return shown;
  });
  const whole = parts.findIndex((part, index) => part !== before[index]);
  return { parts: before.filter((part) => part !== ''), whole };
}

/** At a character, and not within a word of letters where there is another one before it. */
function cutText(text: string, maxTokens: number): string {
  let cut = '';
  let tokens = 0;
  for (const character of text) {
    tokens += countTokens(character);
    if (tokens > maxTokens) break;
    cut += character;
  }
  const isWithinWord = /^[A-Za-z0-9]/.test(text.slice(cut.length)) && /[A-Za-z0-9]$/.test(cut);
  return (isWithinWord ? cut.replace(/(?<=\s)\S*$/, '') : cut).trimEnd();
}
