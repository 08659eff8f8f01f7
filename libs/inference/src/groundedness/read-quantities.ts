import { blank } from './plain-text.js';
import { CHINESE_NUMBER, chineseValue, ENGLISH_NUMBER, englishValue } from './number-words.js';
import { currencyBefore, unitAt, type Unit } from './units.js';

/** `least`: at least, more than; `most`: at most, within. */
export type Bound = 'least' | 'most';

export interface Quantity {
  readonly value: number;
  /** Null: none is written beside it. `date` and `time` are units of their own. */
  readonly unit: Unit | null;
  readonly bound: Bound | null;
  readonly start: number;
  readonly end: number;
  /** Stands in a row of a table, whose head may say its unit. */
  readonly inRow?: boolean;
}

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december';
const MONTH_NAMES = MONTHS.split('|');
const DATE: Unit = { base: 'date', factor: 1 };
const TIME: Unit = { base: 'time', factor: 1 };

/** A day of the year as one number: 131 is 31 January. */
const day = (month: number, date: number): number => month * 100 + date;
const monthOf = (name = ''): number =>
  MONTH_NAMES.findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3))) + 1;

interface Found {
  value: number;
  unit: Unit | null;
}

type Reader = readonly [RegExp, (match: RegExpMatchArray) => Found | null];

const clock = (hours: number, minutes: number, half = ''): Found => {
  const late = /^(?:pm|p\.m\.?|下午|晚上)$/i.test(half) && hours < 12 ? 12 : 0;
  return { value: (hours + late) * 60 + minutes, unit: TIME };
};

const READERS: readonly Reader[] = [
  [/\b\d{4}-(\d{1,2})-(\d{1,2})\b/g, (m) => ({ value: day(Number(m[1]), Number(m[2])), unit: DATE })],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTHS})\\b`, 'gi'),
    (m) => ({ value: day(monthOf(m[2]), Number(m[1])), unit: DATE }),
  ],
  [
    new RegExp(`\\b(${MONTHS}) (\\d{1,2})(?:st|nd|rd|th)?\\b(?!,?\\d)`, 'gi'),
    (m) => ({ value: day(monthOf(m[1]), Number(m[2])), unit: DATE }),
  ],
  [/(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]/g, (m) => ({ value: day(Number(m[1]), Number(m[2])), unit: DATE })],
  [
    /(?:(上午|下午|晚上)\s?)?\b(\d{1,2}):(\d{2})\b(?:\s?(am|pm|a\.m\.?|p\.m\.?)\b)?/gi,
    (m) => clock(Number(m[2]), Number(m[3]), m[1] ?? m[4]),
  ],
  [/\b(\d{1,2})\s?(am|pm|a\.m\.|p\.m\.)(?![a-z])/gi, (m) => clock(Number(m[1]), 0, m[2])],
  [
    /(上午|下午|晚上|早上)?\s?(\d{1,2})\s?(?:点(?!击|名|评|滴|子|以)|时(?![\p{L}\d]))(半)?/gu,
    (m) => clock(Number(m[2]), m[3] ? 30 : 0, m[1]),
  ],
];

const NUMBER = /(?<![\w.]|[A-Za-z]\d*-)[±+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d]|\.\d)/g;
const SCALE = /^\s?(万|亿|thousand\b|million\b|k\b)/i;
const SCALES: Readonly<Record<string, number>> = {
  万: 10_000,
  亿: 100_000_000,
  thousand: 1000,
  million: 1_000_000,
  k: 1000,
};
const HALVES = /\bhalf an? (?=hour|day|year)|\bone and a half |\b(?:twice)\b/gi;

/** Something like a number in words; what it is tells who reads them. */
const WORDED =
  /[零一二两三四五六七八九十百半]|(?:teen|ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice|half|hundred)\b/i;

/** What a text says in numbers: digits and words of both languages, dates and times as one each. */
export function readQuantities(plain: string): Quantity[] {
  const hasDigits = /\d/.test(plain);
  if (!hasDigits && !WORDED.test(plain)) return [];
  const found: Quantity[] = [];
  let text = plain;
  const take = (start: number, length: number, { value, unit }: Found): void => {
    found.push({
      value,
      unit,
      bound: boundAt(plain, start, start + length, unit === DATE || unit === TIME),
      start,
      end: start + length,
    });
    text = text.slice(0, start) + blank(text.slice(start, start + length)) + text.slice(start + length);
  };
  for (const [pattern, read] of hasDigits ? READERS : []) {
    for (const match of text.matchAll(pattern)) {
      const one = read(match);
      if (one) take(match.index, match[0].length, one);
    }
  }
  if (hasDigits) for (const match of text.matchAll(NUMBER)) takeNumber(plain, match, take);
  for (const match of text.matchAll(HALVES)) {
    if (/twice/i.test(match[0]))
      take(match.index, match[0].length, { value: 2, unit: { base: 'times', factor: 1 } });
    else withUnit(plain, match, /one/i.test(match[0]) ? 1.5 : 0.5, take);
  }
  for (const match of text.matchAll(ENGLISH_NUMBER)) withUnit(plain, match, englishValue(match[0]), take);
  for (const match of text.matchAll(CHINESE_NUMBER)) {
    const value = chineseValue(match[0]);
    if (value !== null) withUnit(plain, match, value, take);
  }
  return shareUnits(
    plain,
    found.sort((a, b) => a.start - b.start),
  );
}

type Take = (start: number, length: number, found: Found) => void;

function takeNumber(plain: string, match: RegExpMatchArray, take: Take): void {
  const [written] = match;
  const start = match.index ?? 0;
  let end = start + written.length;
  const scale = SCALE.exec(plain.slice(end, end + 12));
  let value = Math.abs(Number(written.replace(/[,±+]/g, '')));
  if (scale) {
    value *= SCALES[(scale[1] ?? '').toLowerCase()] ?? 1;
    end += scale[0].length;
  }
  const after = unitAt(plain.slice(end, end + 28));
  const unit = currencyBefore(plain.slice(Math.max(0, start - 5), start)) ?? after?.unit ?? null;
  take(start, end - start + (after?.length ?? 0), { value, unit });
}

/** A word counts as a number only before a unit: "one of them" and 一般 are none. */
function withUnit(plain: string, match: RegExpMatchArray, value: number, take: Take): void {
  const start = match.index ?? 0;
  const end = start + match[0].trimEnd().length;
  const after = unitAt(plain.slice(end, end + 28));
  const isLone = value <= 1 && after?.unit.base === 'piece';
  if (after && !isLone) take(start, end - start + after.length, { value, unit: after.unit });
  else if (value > 2 && /^[a-z]/i.test(match[0])) take(start, end - start, { value, unit: null });
}

const JOINED = /^\s?(?:-|to|and|or|至|到|或|和|、)\s?(?:EUR|RMB|USD)?\s?$/i;

/** Nothing that it could count follows: "36 hours in a month, and not more than 30 in Rotterdam". */
const ELLIPSIS = /^\s*(?:$|[.,;:!?)]|(?:in|for|on|at|after|and|or)\b)/i;
const YEAR_FROM = 1900;

/** `4 to 15 days`: the first has the unit of the second; a number that counts nothing has that of the one before. */
function shareUnits(plain: string, quantities: Quantity[]): Quantity[] {
  for (let at = quantities.length - 2; at >= 0; at--) {
    const [one, next] = [quantities[at], quantities[at + 1]];
    if (!one || !next || one.unit || !next.unit) continue;
    if (JOINED.test(plain.slice(one.end, next.start))) quantities[at] = { ...one, unit: next.unit };
  }
  for (const [at, one] of quantities.entries()) {
    const before = quantities[at - 1];
    if (!before?.unit || one.unit || one.value >= YEAR_FROM || before.unit === DATE || before.unit === TIME)
      continue;
    if (ELLIPSIS.test(plain.slice(one.end, one.end + 8))) quantities[at] = { ...one, unit: before.unit };
  }
  return quantities;
}

const MOST_BEFORE =
  /(?:\bat most|\bup to|\bno (?:more|later|longer) than|\bnot (?:be )?(?:more|later|longer) than|\bmaximum(?: of| is)?|(?<!\bno )(?<!\bnot )(?<!\bnot be )(?:less|fewer|shorter) than|\bwithin|\bunder|\bbelow|\bat the latest|\bthe first|\bno longer than|(?:最多|至多)(?:可以?)?\p{Script=Han}{0,4}|不(?:得|能|应)?(?:超过|高于|多于|长于|晚于)|(?<!不|得|能|应)(?:低于|少于|不足|早于)|最长|最高|[不未]满|不到|(?<![之以提目当])前)\s?(?:为|是)?\s?(?:[A-Z]{3}|[€¥$])?\s?$/iu;
const LEAST_BEFORE =
  /(?:\bat least|\bno (?:less|fewer|earlier) than|\bnot (?:less|fewer) than|\bminimum(?: of| is)?|\bmore than|\bover|\babove|\bexceed(?:s|ing)?|\blonger than|\bafter(?: the first)?|(?:至少|最少)(?:可以?)?\p{Script=Han}{0,4}|不(?:得|能|应)?(?:少于|低于|早于|短于)|(?<!不|得|能|应)(?:超过|高于|大于|多于|晚于)|最低|满)\s?(?:为|是)?\s?(?:[A-Z]{3}|[€¥$])?\s?$/iu;
const MOST_AFTER = /^\s?(?:or less|or fewer|at (?:the )?most|at the latest|以内|之内|以下|内|之?前|以前)/i;
const LEAST_AFTER = /^\s?(?:or more|or longer|at least|以上|起|之?后|以后)/i;

/** A moment is a bound for what happens by it, or from it on. */
const UNTIL_BEFORE = /\b(?:by|before|until|till|no later than)\s(?:the )?$|截至\s?$/i;
const FROM_BEFORE = /\b(?:from|since|after|as of)\s(?:the )?$|[自从]\s?$/i;

function boundAt(plain: string, start: number, end: number, isMoment: boolean): Bound | null {
  const before = plain.slice(Math.max(0, start - 24), start);
  const after = plain.slice(end, end + 16);
  if (isMoment && UNTIL_BEFORE.test(before)) return 'most';
  if (isMoment && FROM_BEFORE.test(before)) return 'least';
  if (MOST_BEFORE.test(before) || MOST_AFTER.test(after)) return 'most';
  if (LEAST_BEFORE.test(before) || LEAST_AFTER.test(after)) return 'least';
  return null;
}

/** Whether the second says the first: equal in one measure, or equal where one has no unit beside it. */
export function says(claim: Quantity, source: Quantity): boolean {
  const [a, b] = [claim.unit, source.unit];
  if (!a || (!b && source.inRow)) return isClose(claim.value, source.value);
  if (!b) return false;
  if (a.base === b.base) return isClose(claim.value * a.factor, source.value * b.factor);
  return isDay(a) && isDay(b) && a.base !== flip(b.base) && isClose(claim.value, source.value);
}

/** A working day is a day that was said less exactly; a calendar day is no working day. */
function isDay({ base, factor }: Unit): boolean {
  return base === 'working day' || base === 'calendar day' || (base === 'minute' && factor === 1440);
}

function flip(base: string): string {
  if (base === 'working day') return 'calendar day';
  return base === 'calendar day' ? 'working day' : '';
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
}
