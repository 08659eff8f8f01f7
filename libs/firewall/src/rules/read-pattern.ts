import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** What is known of every match of a pattern, or of one of its alternatives, without running it. */
export interface PatternShape {
  readonly source: string;
  /** Units of the longest match; Infinity where a repetition has no bound. */
  readonly reach: number;
  /** Of each set, every match holds at least one string; the rarest sets, at most SETS_MAX. */
  readonly sets: readonly (readonly string[])[];
  /** Whether every match begins where the text begins, and ends where it ends. */
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

export const SETS_MAX = 3;
/** Strings that are enumerated for a part of a pattern, and of a set. */
const EXACT_MAX = 96;
const SET_MAX = 256;
/** A set with a string at one place in a thousand is not worth looking for. */
const COMMON = 0.001;

interface Known {
  /** All strings that the part matches, if they are few. */
  readonly exact: readonly string[] | null;
  readonly sets: readonly (readonly string[])[];
  readonly reach: number;
}

const NOTHING: Known = { exact: [''], sets: [], reach: 0 };

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
  const known = ofAlternatives(alternatives);
  const candidates = setsOf(known)
    .map((set) => ({ set, share: shareOf(set) }))
    .sort((a, b) => a.share - b.share);
  const sets = candidates.filter(({ share }, at) => at < SETS_MAX && share < COMMON);
  const edge = (at: 0 | -1, kind: 'start' | 'end') =>
    alternatives.every(({ elements }) => {
      const element = elements.at(at);
      return element?.type === 'Assertion' && element.kind === kind;
    });
  return {
    source,
    reach: known.reach,
    sets: sets.map(({ set }) => set),
    fromStart: edge(0, 'start'),
    toEnd: edge(-1, 'end'),
  };
}

function ofAlternatives(alternatives: readonly AST.Alternative[]): Known {
  const parts = alternatives.map(ofAlternative);
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const reach = Math.max(...parts.map((part) => part.reach));
  const exact = parts.every((part) => part.exact) ? parts.flatMap((part) => part.exact ?? []) : null;
  if (exact && exact.length <= EXACT_MAX) return { exact: [...new Set(exact)], sets: [], reach };
  const best = parts.map((part) => rarest(setsOf(part)));
  const joined = best.flatMap((set) => set ?? []);
  const isSet = best.every((set) => set !== undefined) && joined.length <= SET_MAX;
  return { exact: null, sets: isSet ? [shortest(joined)] : [], reach };
}

function ofAlternative({ elements }: AST.Alternative): Known {
  let reach = 0;
  let run: readonly string[] = [''];
  let isExact = true;
  const sets: (readonly string[])[] = [];
  for (const element of elements) {
    const part = ofElement(element);
    reach += part.reach;
    if (part.exact && run.length * part.exact.length <= EXACT_MAX) {
      run = joinedEach(run, part.exact);
      continue;
    }
    isExact = false;
    sets.push(run, ...part.sets);
    run = part.exact ?? [''];
  }
  if (isExact) return { exact: run, sets: [], reach };
  return { exact: null, sets: [...sets, run].filter(isRequired).map(shortest), reach };
}

function ofElement(element: AST.Element): Known {
  switch (element.type) {
    case 'Assertion':
      return NOTHING;
    case 'Character':
      return { exact: [String.fromCharCode(element.value)], sets: [], reach: 1 };
    case 'CharacterClass':
      return { exact: charactersOf(element), sets: [], reach: 1 };
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives);
    case 'Quantifier':
      return ofQuantifier(element);
    case 'Backreference': {
      const groups = [element.resolved].flat();
      const reach = Math.max(...groups.map((group) => ofAlternatives(group.alternatives).reach));
      return { exact: null, sets: [], reach };
    }
    default:
      return { exact: null, sets: [], reach: 1 };
  }
}

function ofQuantifier({ min, max, element }: AST.Quantifier): Known {
  const part = ofElement(element);
  const reach = part.reach === 0 ? 0 : part.reach * max;
  if (min === 1 && max === 1) return part;
  if (min === 0 && max === 1 && part.exact && part.exact.length < EXACT_MAX)
    return { exact: [...new Set(['', ...part.exact])], sets: [], reach };
  return { exact: null, sets: min === 0 ? [] : setsOf(part), reach };
}

/** The characters of a class of few; a class of many says nothing. */
function charactersOf(element: AST.CharacterClass): string[] | null {
  if (element.negate || element.elements.length > 4) return null;
  const characters: string[] = [];
  for (const one of element.elements) {
    if (one.type !== 'Character') return null;
    characters.push(String.fromCharCode(one.value));
  }
  return characters;
}

function setsOf({ exact, sets }: Known): readonly (readonly string[])[] {
  if (!exact) return sets;
  return isRequired(exact) && exact.length <= SET_MAX ? [shortest(exact)] : [];
}

function isRequired(set: readonly string[]): boolean {
  return set.length > 0 && !set.includes('');
}

/** Without the strings that hold another one of the set. */
function shortest(set: readonly string[]): string[] {
  const kept: string[] = [];
  for (const text of [...new Set(set)].sort((a, b) => a.length - b.length))
    if (!kept.some((shorter) => text.includes(shorter))) kept.push(text);
  return kept;
}

function joinedEach(before: readonly string[], after: readonly string[]): string[] {
  return before.flatMap((head) => after.map((tail) => head + tail));
}

function rarest(sets: readonly (readonly string[])[]): readonly string[] | undefined {
  return sets.reduce<readonly string[] | undefined>(
    (best, set) => (best && shareOf(best) <= shareOf(set) ? best : set),
    undefined,
  );
}

/** How often a set begins in ordinary text, about: a product of what its units are. */
function shareOf(set: readonly string[]): number {
  let sum = 0;
  for (const text of set) {
    let share = 1;
    for (const unit of text)
      share *= unit === ' ' ? 0.15 : /[a-z]/.test(unit) ? 0.05 : unit < '\u0080' ? 0.015 : 0.003;
    sum += share;
  }
  return sum;
}

/** Units of the longest match of a pattern; Infinity where a repetition has no bound. */
export function reachOf(source: string): number {
  return Math.max(...readPattern(source).map(({ reach }) => reach));
}
