import {
  endOfHexEscape,
  ESCAPED_EDGE,
  followsEscape,
  isAlphanumeric,
  isDigit,
  type Finding,
} from './finding.js';
import { isOfThing } from './number-of-thing.js';
import { isBankCard, isMobile, isResidentId } from './number-checks.js';

type NumberKind = 'bank-card' | 'cn-resident-id' | 'cn-mobile';

/** Digits that stand together, maybe followed by the X that a resident id may end with. */
interface Group {
  readonly start: number;
  readonly end: number;
  /** True when one of JOINTS alone parts it from the group before, or a bracket that this one is in. */
  readonly joined: boolean;
}

/** What parts the groups of a number; behind one of the last three alone it may be a fraction, a step of a path or of a name. */
const JOINTS = ' -./_';
const WEAK_JOINTS = './_';
/** Groups of one number: a country code, and `1234 5678 9012 3456 789`. */
const GROUP_LIMIT = 6;
/** How numbers are written in groups; tables of figures seldom are. */
const WRITTEN: Record<NumberKind, ReadonlySet<string>> = {
  'cn-mobile': new Set(['3-4-4', '3-8', '2-11', '4-11', '2-3-4-4', '4-3-4-4', '2-3-8', '3-2-2-2-2']),
  'cn-resident-id': new Set(['6-8-4', '6-4-4-4', '14-4', '4-4-4-4-2', '6-6-6']),
  'bank-card': new Set([
    '4-4-4-4',
    '4-4-4-4-1',
    '4-4-4-4-2',
    '4-4-4-4-3',
    '4-6-5',
    '4-6-4',
    '6-13',
    '4-4-4-3',
  ]),
};
/** The longest of these, with what parts its groups: nothing that begins earlier can go on. */
export const LONGEST_NUMBER = 24;
const COUNTRY_CODE = /^(?:86|0086)$/;
const IBAN_BEFORE = new RegExp(
  `(?:(?<![A-Za-z0-9])|(?<=${ESCAPED_EDGE}))[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{4}){0,7} $`,
);
const LONGEST_IBAN = 42;
/** Before a point that makes a fraction of what is behind it: `0.5`, `= .5`, `(.5`. */
const DECIMAL_BEFORE = /[0-9\s=(,+\-*/<>[:|~]/;
const BACKSLASH = 0x5c;
const UNDERSCORE = 0x5f;
const EMPHASIS_LIMIT = 3;

/**
 * Bank cards, resident ids and mobile numbers, in one piece or in the groups that they are written in. What is found
 * depends on the text close by alone, never on what was found before; findings may overlap.
 */
export function findNumbers(text: string): Finding<NumberKind>[] {
  const groups = groupsOf(text);
  return groups.flatMap((_, first) =>
    followsCountryCode(text, groups, first) ? [] : (numberFrom(text, groups, first) ?? []),
  );
}

/** The longest number that is made of this group, or of it and some that follow. */
function numberFrom(text: string, groups: readonly Group[], first: number): Finding<NumberKind> | undefined {
  const start = groups[first]?.start ?? 0;
  if (isInsideWord(text, start)) return undefined;
  let digits = '';
  let lengths = '';
  let best: Finding<NumberKind> | undefined;
  for (let i = first; i < groups.length && i < first + GROUP_LIMIT; i++) {
    const group = groups[i];
    if (!group || (i > first && !group.joined)) break;
    digits += text.slice(group.start, group.end);
    lengths += `${i > first ? '-' : ''}${group.end - group.start}`;
    if (group.end - start > LONGEST_NUMBER) break;
    if (isAlphanumeric(text.charCodeAt(group.end))) continue;
    const kind = kindOf(digits);
    if (i === first + 1 && WEAK_JOINTS.includes(text.charAt(group.start - 1))) continue;
    if (!kind || (i > first && !WRITTEN[kind].has(lengths))) continue;
    if (kind !== 'cn-resident-id' && isOfThing(text, start, group.end)) continue;
    best = { start, end: group.end, kind };
  }
  if (best?.kind === 'bank-card' && IBAN_BEFORE.test(text.slice(Math.max(0, start - LONGEST_IBAN), start)))
    return undefined;
  return best;
}

/** Then the number begins at its country code. */
function followsCountryCode(text: string, groups: readonly Group[], at: number): boolean {
  const before = groups[at - 1];
  if (!groups[at]?.joined || !before || isInsideWord(text, before.start)) return false;
  if (!COUNTRY_CODE.test(text.slice(before.start, before.end))) return false;
  return numberFrom(text, groups, at - 1)?.kind === 'cn-mobile';
}

function kindOf(digits: string): NumberKind | undefined {
  if (isResidentId(digits)) return 'cn-resident-id';
  if (isMobile(digits)) return 'cn-mobile';
  return isBankCard(digits) ? 'bank-card' : undefined;
}

/** After a letter, a digit or a decimal point a group is part of something else: a hash, an amount, a version. */
function isInsideWord(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  if (before === 0x2e) return start < 2 || DECIMAL_BEFORE.test(text.charAt(start - 2));
  if (before === UNDERSCORE) return !isEmphasis(text, start);
  return isAlphanumeric(before) && !followsEscape(text, start);
}

/** The underscores before are marks of Markdown: no name goes on with them. */
function isEmphasis(text: string, start: number): boolean {
  let from = start;
  while (text.charCodeAt(from - 1) === UNDERSCORE && start - from < EMPHASIS_LIMIT) from--;
  const before = text.charCodeAt(from - 1);
  return before !== UNDERSCORE && !isAlphanumeric(before);
}

function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === BACKSLASH) i = Math.max(i, endOfHexEscape(text, i) - 1);
    if (!isDigit(unit)) continue;
    const start = i;
    while (isDigit(text.charCodeAt(i))) i++;
    if ((text[i] === 'X' || text[i] === 'x') && i - start <= 17) i++;
    groups.push({ start, end: i, joined: isJoined(text, groups.at(-1), start) });
    i--;
  }
  return groups;
}

function isJoined(text: string, before: Group | undefined, start: number): boolean {
  if (!before || start - before.end > 2) return false;
  const between = text.slice(before.end, start);
  if (between.length === 1 && JOINTS.includes(between)) return true;
  return text[before.start - 1] === '(' && /^\)[ -]?$/.test(between);
}
