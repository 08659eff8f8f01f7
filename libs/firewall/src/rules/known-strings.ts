import { type AST } from '@eslint-community/regexpp';
import { BEGINS, ENDS, withoutMarks } from './edges.js';
import { assertedEdges, isWithoutLetters } from './letter-classes.js';
import {
  isRequired,
  joinedEach,
  longest,
  rarest,
  setOf,
  shareAlone,
  sum,
  type StringSet,
} from './string-sets.js';

/** Strings that are enumerated for a part of a pattern, and of a set. */
const EXACT_MAX = 96;
const SET_MAX = 512;
export interface Known {
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

export function ofAlternatives(alternatives: readonly AST.Alternative[]): Known {
  const parts = alternatives.map(ofAlternative);
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const exact = parts.every((part) => part.exact) ? parts.flatMap((part) => part.exact ?? []) : null;
  if (exact && exact.length <= EXACT_MAX) return known([...new Set(exact)]);
  const best = parts.map((part) => rarest(setsOf(part)));
  const strings = best.flatMap((set) => set?.strings ?? []);
  const isSet = best.every((set) => set !== undefined) && strings.length <= SET_MAX;
  // Where nothing was repeated beside the strings, they are judged without those that hold another one.
  const isPlain = best.every((set) => set?.alone === shareAlone(set?.strings ?? []));
  const alone = isPlain ? undefined : sum(parts, leastAlone);
  const from = Math.min(...best.map((set) => set?.from ?? 0));
  const until = Math.max(...best.map((set) => set?.until ?? 0));
  return {
    exact: null,
    sets: isSet ? [setOf(strings, from, until, alone)] : [],
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
    if (!isRequired(strings)) return;
    const isPlain = plain === run && longest(head) === 0;
    const alone = isPlain ? undefined : Math.min(shareAlone(plain), shareAlone(head));
    sets.push(setOf(strings, runFrom, reach + longest(head), alone));
  };
  let opens: boolean | undefined;
  let closes = false;
  let heads: readonly string[] | undefined;
  for (const part of partsOf(elements)) {
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

/** Characters in a row are one part: each part is joined to all strings so far. */
function* partsOf(elements: readonly AST.Element[]): Generator<Known> {
  let row = '';
  for (const element of elements) {
    if (element.type === 'Character' && element.value < BEGINS.charCodeAt(0)) {
      row += String.fromCharCode(element.value);
      continue;
    }
    if (row !== '') yield known([row]);
    row = '';
    yield ofElement(element);
  }
  if (row !== '') yield known([row]);
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

export function setsOf({ exact, sets, reach }: Known): readonly StringSet[] {
  if (!exact) return sets;
  return isRequired(exact) && exact.length <= SET_MAX ? [setOf(exact, 0, reach)] : [];
}

/** The least of the sets of a part. */
function leastAlone(part: Known): number {
  return Math.min(1, ...setsOf(part).map(({ alone }) => alone));
}
