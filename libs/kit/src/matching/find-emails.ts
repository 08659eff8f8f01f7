import { isAlphanumeric, isAsciiLetter, type Finding } from './finding.js';

/** RFC 5321 limits, which also bound every attempt. */
const LOCAL_LIMIT = 64;
const DOMAIN_LIMIT = 255;

/** Files of pages and programs end so, and no domain does: `icon@2x.png`. */
const FILES = new Set(
  'png jpg jpeg gif svg webp avif ico css scss js mjs cjs jsx tsx json html htm xml yml yaml map woff ttf'.split(
    ' ',
  ),
);
/** Signs in for everybody: `git@host:path`. */
const NOBODY = /^git$/i;

/** E-mail addresses of the ordinary form: ASCII local part, domain with a top level of letters. */
export function findEmails(text: string): Finding<'email'>[] {
  const found: Finding<'email'>[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const start = startOfLocal(text, at);
    const end = endOfDomain(text, at + 1);
    if (start < at && end > at + 1 && !NOBODY.test(text.slice(start, at)))
      found.push({ start, end, kind: 'email' });
  }
  return found;
}

function startOfLocal(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LOCAL_LIMIT && isLocalUnit(text.charCodeAt(start - 1))) start--;
  while (start < at && !isAlphanumeric(text.charCodeAt(start))) start++;
  return start;
}

/** End of the longest domain from `start` on, or `start` when there is none. */
function endOfDomain(text: string, start: number): number {
  let end = start;
  let label = start;
  const last = Math.min(text.length, start + DOMAIN_LIMIT);
  for (let i = start; i <= last; i++) {
    const unit = i < last ? text.charCodeAt(i) : 0;
    if (isAlphanumeric(unit) || unit === 0x2d) continue;
    if (label > start && isTopLevel(text, label, i)) end = i;
    if (unit !== 0x2e || i === label) break;
    label = i + 1;
  }
  return end;
}

function isTopLevel(text: string, start: number, end: number): boolean {
  if (end - start < 2) return false;
  // In the form of RFC 5891, where digits and hyphens may follow.
  if (text.startsWith('xn--', start)) return end - start > 4;
  for (let i = start; i < end; i++) if (!isAsciiLetter(text.charCodeAt(i))) return false;
  return !FILES.has(text.slice(start, end).toLowerCase());
}

function isLocalUnit(unit: number): boolean {
  return isAlphanumeric(unit) || '._%+-'.includes(String.fromCharCode(unit));
}
