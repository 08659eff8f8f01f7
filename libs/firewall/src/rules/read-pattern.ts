import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { ofAlternatives, setsOf } from './known-strings.js';
import { withoutMarks } from './edges.js';
import { keepLatest } from './keep-latest.js';
import { shareOfText } from './share-of-text.js';
import { cut, sum, type StringSet } from './string-sets.js';

/** What is known of every match of a pattern, or of one of its alternatives, without running it. */
export interface PatternShape {
  readonly source: string;
  /** Units of the longest match; Infinity where a repetition has no bound. */
  readonly reach: number;
  /** Units on either side of a match that its look-arounds read at most. */
  readonly beside: number;
  /** The rarest, at most SETS_MAX. */
  readonly sets: readonly StringSet[];
  /** Whether one of the sets is so rare that nothing else need be asked before the pattern is tried. */
  readonly isRare: boolean;
  /** All units with which a match can begin, if they are few. */
  readonly heads: readonly string[] | undefined;
  /** Whether every match begins where the text begins, and ends where it ends. */
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

export const SETS_MAX = 3;
/** A set with a string at one place in a thousand is no reason to try a pattern. */
const COMMON = 0.001;
/** A more common one does not narrow down where a pattern is tried, beside others. */
const USELESS = 0.004;
/** And where nothing else says where to look. */
const USELESS_ALONE = 0.015;
/** A string that is found more often, whatever stands beside it, costs more than a second set with it spares. */
const OFTEN = 0.006;
/** Units with which matches begin, if they are so few. */
const HEADS_MAX = 160;

/** Patterns of which it is kept what was read. */
const KNOWN_MAX = 4_096;

/**
 * The alternatives of a pattern, each with the strings without which it cannot match, as RE2's prefilter finds them,
 * and how far a match of it reaches. One of which an alternative refers to another's groups is left whole.
 * @throws SyntaxError for what is no regular expression
 */
export const readPattern = keepLatest<readonly PatternShape[]>(KNOWN_MAX, shapesOf);

function shapesOf(source: string): PatternShape[] {
  const pattern = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source);
  const { alternatives } = pattern;
  if (!/\\[1-9k]/.test(source)) return alternatives.map((each) => shapeOf(each.raw, [each]));
  const alone = alternatives.map((each) => sourceAlone(pattern, each));
  return alone.every((each) => each !== undefined)
    ? alternatives.map((each, at) => shapeOf(alone[at] ?? '', [each]))
    : [shapeOf(source, alternatives)];
}

/** An alternative without those beside it: its groups are counted from 1. Nothing where it refers to another one's. */
function sourceAlone(pattern: AST.Pattern, { raw, start, end }: AST.Alternative): string | undefined {
  let before = 0;
  const references: AST.Backreference[] = [];
  visitRegExpAST(pattern, {
    onCapturingGroupEnter: (group) => {
      if (group.start < start) before++;
    },
    onBackreferenceEnter: (reference) => {
      if (reference.start >= start && reference.end <= end) references.push(reference);
    },
  });
  let source = '';
  let copied = start;
  for (const { ref, resolved, start: from, end: to } of references) {
    if ([resolved].flat().some((group) => group.start < start || group.end > end)) return undefined;
    source += raw.slice(copied - start, from - start);
    source += typeof ref === 'number' ? `(?:\\${ref - before})` : raw.slice(from - start, to - start);
    copied = to;
  }
  return source + raw.slice(copied - start);
}

function shapeOf(source: string, alternatives: readonly AST.Alternative[]): PatternShape {
  const all = ofAlternatives(alternatives);
  const candidates = setsOf(all)
    .map(cut)
    .sort((a, b) => a.share - b.share);
  const edge = (at: 0 | -1, kind: 'start' | 'end') =>
    alternatives.every(({ elements }) => {
      const element = elements.at(at);
      return element?.type === 'Assertion' && element.kind === kind;
    });
  const isRare = candidates.some(({ alone }) => alone < COMMON);
  const most = isRare ? USELESS : USELESS_ALONE;
  return {
    source,
    reach: all.reach,
    beside: besideOf(alternatives),
    sets: candidates
      .filter(({ share }, at) => at < SETS_MAX && (share < most || (isRare && at === 0)))
      .filter(({ strings }, at) => at === 0 || sum(strings.map(withoutMarks), shareOfText) < OFTEN),
    isRare,
    heads: all.heads && all.heads.length <= HEADS_MAX ? all.heads : undefined,
    fromStart: edge(0, 'start'),
    toEnd: edge(-1, 'end'),
  };
}

/** The units of all look-arounds together, which may stand within each other; one more for borders of words. */
function besideOf(alternatives: readonly AST.Alternative[]): number {
  let beside = 1;
  const onAssertionEnter = (assertion: AST.Assertion): void => {
    if ('alternatives' in assertion) beside += ofAlternatives(assertion.alternatives).reach;
  };
  for (const alternative of alternatives) visitRegExpAST(alternative, { onAssertionEnter });
  return beside;
}
