import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { BEGINS, ENDS, withoutMarks } from './edges.js';
import { assertedEdges, isWithoutLetters } from './letter-classes.js';
import {
  cut,
  isRequired,
  joinedEach,
  longest,
  rarest,
  setOf,
  shareAlone,
  sum,
  type StringSet,
} from './string-sets.js';

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
/** Strings that are enumerated for a part of a pattern, and of a set. */
const EXACT_MAX = 96;
const SET_MAX = 256;
/** A set with a string at one place in a thousand is no reason to try a pattern. */
const COMMON = 0.001;
/** Where a set as rare as this is asked for, one more common than that does not narrow down much more. */
const TINY = 0.00003;
const USELESS_BESIDE = 0.0006;
/** Elsewhere a set narrows down where a pattern is tried as long as it is rarer than this. */
const USELESS = 0.004;
/** And where nothing else says where to look. */
const USELESS_ALONE = 0.015;
/** Units with which matches begin, if they are so few. */
const HEADS_MAX = 48;

interface Known {
  /** All strings that the part matches, if they are few. */
  readonly exact: readonly string[] | null;
  readonly sets: readonly StringSet[];
  /** Units of the shortest and the longest match. */
  readonly least: number;
  readonly reach: number;
  /** Whether a match begins, and ends, with what is no letter, or where no letter is beside it. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** Strings of which every match begins with one, and ends with one. */
  readonly ends?: readonly string[] | undefined;
  /** Units of which every match begins with one. */
  readonly heads?: readonly string[] | undefined;
}

function known(exact: readonly string[]): Known {
  const lengths = exact.map((text) => withoutMarks(text).length);
  return {
    exact,
    sets: [],
    least: Math.min(...lengths),
    reach: Math.max(...lengths),
    opens: exact.every((text) => isEdge(text, text[0], ENDS)),
    closes: exact.every((text) => isEdge(text, text.at(-1), BEGINS)),
    heads: headsOf(exact),
  };
}

function headsOf(strings: readonly string[]): string[] | undefined {
  if (!isRequired(strings)) return undefined;
  return [...new Set(strings.map((text) => withoutMarks(text).charAt(0)))];
}

function unitedHeads(parts: readonly Known[]): string[] | undefined {
  const heads = new Set<string>();
  for (const part of parts) {
    if (!part.heads) return undefined;
    for (const unit of part.heads) heads.add(unit);
  }
  return [...heads];
}

function isEdge(text: string, unit: string | undefined, mark: string): boolean {
  if (withoutMarks(text) === '') return text.includes(mark);
  return unit !== undefined && unit < BEGINS && !(unit >= 'a' && unit <= 'z');
}

/**
 * The alternatives of a pattern, each with the strings without which it cannot match, as RE2's prefilter finds them,
 * and how far a match of it reaches. One that refers back to its groups is left whole.
 * @throws SyntaxError for what is no regular expression
 */
export function readPattern(source: string): PatternShape[] {
  const { alternatives } = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source);
  // Groups are counted over the whole pattern.
  if (/\\[1-9k]/.test(source)) return [shapeOf(source, alternatives)];
  return alternatives.map((alternative) => shapeOf(alternative.raw, [alternative]));
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
  const [{ share: least } = { share: 1 }] = candidates;
  const most = !isRare ? USELESS_ALONE : least < TINY ? USELESS_BESIDE : USELESS;
  return {
    source,
    reach: all.reach,
    beside: besideOf(alternatives),
    sets: candidates.filter(({ share }, at) => at < SETS_MAX && (share < most || (isRare && at === 0))),
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

function ofAlternatives(alternatives: readonly AST.Alternative[]): Known {
  const parts = alternatives.map(ofAlternative);
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const exact = parts.every((part) => part.exact) ? parts.flatMap((part) => part.exact ?? []) : null;
  if (exact && exact.length <= EXACT_MAX) return known([...new Set(exact)]);
  const best = parts.map((part) => rarest(setsOf(part)));
  const strings = best.flatMap((set) => set?.strings ?? []);
  const isSet = best.every((set) => set !== undefined) && strings.length <= SET_MAX;
  const from = Math.min(...best.map((set) => set?.from ?? 0));
  const until = Math.max(...best.map((set) => set?.until ?? 0));
  return {
    exact: null,
    sets: isSet ? [setOf(strings, from, until, sum(parts, leastAlone))] : [],
    least: Math.min(...parts.map((part) => part.least)),
    reach: Math.max(...parts.map((part) => part.reach)),
    opens: parts.every((part) => part.opens),
    closes: parts.every((part) => part.closes),
    heads: unitedHeads(parts),
  };
}

function ofAlternative({ elements }: AST.Alternative): Known {
  const sets: StringSet[] = [];
  let run: readonly string[] = [''];
  let plain = run;
  let [runFrom, least, reach] = [0, 0, 0];
  let isExact = true;
  const close = (head: readonly string[]): void => {
    const strings = joinedEach(run, head);
    const alone = Math.min(shareAlone(plain), shareAlone(head));
    if (isRequired(strings)) sets.push(setOf(strings, runFrom, reach + longest(head), alone));
  };
  let opens: boolean | undefined;
  let closes = false;
  let heads: readonly string[] | undefined;
  for (const element of elements) {
    const part = ofElement(element);
    if (part.reach > 0 || part.opens) opens ??= part.opens;
    if (part.least > 0) closes = part.closes;
    else if (part.reach > 0) closes = closes && part.closes;
    else closes = closes || part.closes;
    if (part.exact && run.length * part.exact.length <= EXACT_MAX) {
      const isSame = plain === run;
      run = joinedEach(run, part.exact);
      plain = isSame ? run : joinedEach(plain, part.exact);
    } else {
      if (isExact) heads = longest(run) > 0 ? headsOf(run) : part.least > 0 ? part.heads : undefined;
      isExact = false;
      const fits = part.ends && run.length * part.ends.length <= EXACT_MAX;
      close(fits && part.ends ? part.ends : part.opens ? [ENDS] : ['']);
      for (const set of fits ? [] : part.sets)
        sets.push({ ...set, from: set.from + least, until: set.until + reach });
      run = part.exact ?? part.ends ?? (part.closes ? [BEGINS] : ['']);
      plain = part.exact ? run : [''];
      runFrom = part.exact ? least : Math.max(0, least + part.least - longest(run));
    }
    least += part.least;
    reach += part.reach;
  }
  if (isExact) return known(run);
  close(['']);
  return { exact: null, sets, least, reach, opens: opens ?? false, closes, heads };
}

function ofElement(element: AST.Element): Known {
  switch (element.type) {
    case 'Assertion':
      return known([assertedEdges(element)]);
    case 'Character': {
      const unit = String.fromCharCode(element.value);
      return unit < BEGINS ? known([unit]) : unknown(true);
    }
    case 'CharacterClass': {
      const characters = charactersOf(element);
      return characters ? known(characters) : unknown(isWithoutLetters(element));
    }
    case 'CharacterSet':
      return unknown(isWithoutLetters(element));
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives);
    case 'Quantifier':
      return ofQuantifier(element);
    case 'Backreference': {
      const groups = [element.resolved].flat();
      const reach = Math.max(...groups.map((group) => ofAlternatives(group.alternatives).reach));
      return { ...unknown(false), least: 0, reach };
    }
    default:
      return unknown(false);
  }
}

/** One unit. */
function unknown(isEdge: boolean): Known {
  return { exact: null, sets: [], least: 1, reach: 1, opens: isEdge, closes: isEdge };
}

function ofQuantifier({ min, max, element }: AST.Quantifier): Known {
  const part = ofElement(element);
  if (min === 1 && max === 1) return part;
  if (min === 0 && max === 1 && part.exact && part.exact.length < EXACT_MAX)
    return known([...new Set(['', ...part.exact])]);
  const reach = part.reach === 0 ? 0 : part.reach * max;
  if (min === 0) return { exact: null, sets: [], least: 0, reach, opens: false, closes: false };
  const { opens, closes } = part;
  return {
    exact: null,
    sets: setsOf(part),
    least: part.least * min,
    reach,
    opens,
    closes,
    heads: part.heads,
    ends: part.exact && isRequired(part.exact) ? part.exact : undefined,
  };
}

/** The characters of a class of few; a class of many says nothing. */
function charactersOf(element: AST.CharacterClass): string[] | null {
  if (element.negate || element.elements.length > 4 || element.elements.length === 0) return null;
  const characters: string[] = [];
  for (const one of element.elements) {
    if (one.type !== 'Character' || one.value >= BEGINS.charCodeAt(0)) return null;
    characters.push(String.fromCharCode(one.value));
  }
  return characters;
}

function setsOf({ exact, sets, reach }: Known): readonly StringSet[] {
  if (!exact) return sets;
  return isRequired(exact) && exact.length <= SET_MAX ? [setOf(exact, 0, reach)] : [];
}

/** The least of the sets of a part. */
function leastAlone(part: Known): number {
  return Math.min(1, ...setsOf(part).map(({ alone }) => alone));
}

/** Units of the longest match of a pattern; Infinity where a repetition has no bound. */
export function reachOf(source: string): number {
  return Math.max(...readPattern(source).map(({ reach }) => reach));
}
