import { isAlphanumeric, isDigit, type Finding } from './finding.js';
import { isBankCard, isMobile, isResidentId } from './number-checks.js';

type NumberKind = 'bank-card' | 'cn-resident-id' | 'cn-mobile';

/** Digits that stand together, maybe followed by the X that a resident id may end with. */
interface Group {
  readonly start: number;
  readonly end: number;
  /** True when one blank or hyphen alone parts it from the group before. */
  readonly joined: boolean;
}

/** Most digits of any number looked for (bank cards, ISO/IEC 7812). */
const DIGIT_LIMIT = 19;
/** Groups of one number: `1234 5678 9012 3456 789`, with room for a country code. */
const GROUP_LIMIT = 6;

/** Bank cards, resident ids and mobile numbers, written in one piece or in groups. */
export function findNumbers(text: string): Finding<NumberKind>[] {
  const found: Finding<NumberKind>[] = [];
  const groups = groupsOf(text);
  let end = 0;
  groups.forEach((group, first) => {
    const finding =
      group.start < end ? undefined : numberFrom(text, groups.slice(first, first + GROUP_LIMIT));
    if (!finding) return;
    found.push(finding);
    end = finding.end;
  });
  return found;
}

/** The longest number that is made of the first of these groups, or of more. */
function numberFrom(text: string, groups: readonly Group[]): Finding<NumberKind> | undefined {
  const start = groups[0]?.start ?? 0;
  if (isInsideWord(text, start)) return undefined;
  let digits = '';
  let best: Finding<NumberKind> | undefined;
  for (const group of groups) {
    if (group.start > start && !group.joined) break;
    digits += text.slice(group.start, group.end);
    if (digits.length > DIGIT_LIMIT) break;
    if (isAlphanumeric(text.charCodeAt(group.end))) continue;
    const kind = kindOf(digits);
    if (kind) best = { start, end: group.end, kind };
  }
  return best;
}

function kindOf(digits: string): NumberKind | undefined {
  if (isResidentId(digits)) return 'cn-resident-id';
  if (isMobile(digits)) return 'cn-mobile';
  return isBankCard(digits) ? 'bank-card' : undefined;
}

/** After a letter, a digit or a decimal point a group is part of something else: a hash, an amount, a version. */
function isInsideWord(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  if (before === 0x2e) return isDigit(text.charCodeAt(start - 2));
  return isAlphanumeric(before) || before === 0x5f;
}

function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < text.length; i++) {
    if (!isDigit(text.charCodeAt(i))) continue;
    const start = i;
    while (isDigit(text.charCodeAt(i))) i++;
    if ((text[i] === 'X' || text[i] === 'x') && i - start <= 17) i++;
    const joined = start > 0 && groups.at(-1)?.end === start - 1 && ' -'.includes(text[start - 1] ?? '.');
    groups.push({ start, end: i, joined });
    i--;
  }
  return groups;
}
