import { ESCAPED_EDGE, isAlphanumeric, type Finding } from './finding.js';

/** Lengths of the IBAN registry (ISO 13616). */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 ' +
    'SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((row) => [row.slice(0, 2), Number(row.slice(2))]),
);
const BEGIN = new RegExp(
  `(?:(?<![A-Za-z0-9])|(?<=${ESCAPED_EDGE}))(?:[A-Z]{2}|[a-z]{2})[0-9]{2}(?=[ -]?[A-Za-z0-9])`,
  'g',
);
/** So many of its places at least are digits, where it is not written in capitals: names of things are not. */
const SMALL_DIGITS = 0.6;

/** Account numbers that pass the check of ISO 7064 MOD 97-10, in one piece or in groups of four. */
export function findIbans(text: string): Finding<'iban'>[] {
  const found: Finding<'iban'>[] = [];
  for (const match of text.matchAll(BEGIN)) {
    const start = match.index;
    const length = LENGTHS.get(match[0].slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    const { digits, end } = read(text, start, length);
    const isSmall = match[0] !== match[0].toUpperCase();
    if (isSmall && digits.replace(/[^0-9]/g, '').length < SMALL_DIGITS * length) continue;
    if (digits.length === length && !isAlphanumeric(text.charCodeAt(end)) && passes(digits))
      found.push({ start, end, kind: 'iban' });
  }
  return found;
}

function read(text: string, start: number, length: number): { digits: string; end: number } {
  let digits = '';
  let at = start;
  for (; at < text.length && digits.length < length; at++) {
    const unit = text.charCodeAt(at);
    if (isAlphanumeric(unit)) digits += text[at];
    else if ((unit !== 0x20 && unit !== 0x2d) || digits.length % 4 !== 0) break;
    else if (!isAlphanumeric(text.charCodeAt(at - 1))) break;
  }
  return { digits, end: at };
}

function passes(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
