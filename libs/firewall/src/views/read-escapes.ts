import { domainToUnicode } from 'node:url';
import type { MappedText } from './mapped-text.js';
import type { Traits } from './traits.js';
import { type Piece, splice } from './splice.js';
import { isLanguage, isPrintable } from './text-like.js';
import type { ViewKind } from './view-kinds.js';

interface Escape {
  readonly sign: string;
  readonly kind: ViewKind;
  readonly form: RegExp;
}
const ESCAPES: readonly Escape[] = [
  { sign: '%', kind: 'url', form: /(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}/iy },
  {
    sign: '\\',
    kind: 'escape',
    form: /(?:\\[xX][0-9a-fA-F]{2})+|(?:\\u[0-9a-fA-F]{4})+|\\U[0-9a-fA-F]{8}|\\[ux]\{[0-9a-fA-F]{1,8}\}|(?:\\00[0-9a-fA-F]{4} ?)+|(?:\\[0-3]?[0-7]{2})+|\\[nrt](?![a-z]{0,2}\\)/y,
  },
  { sign: '&', kind: 'html', form: /&(?:#\d{1,8}|#x[0-9a-f]{1,8}|[a-z]{2,8});?/iy },
  { sign: '=', kind: 'quoted-printable', form: /(?:=[0-9A-F]{2})+|=[ \t]{0,8}\r?\n/y },
  { sign: '+', kind: 'utf-7', form: /\+[A-Za-z0-9/]{2,64}-|(?<![A-Za-z0-9/+])\+[A-Za-z0-9/+]{16,1024}-?/y },
  { sign: 'x', kind: 'punycode', form: /xn--[a-z0-9-]{2,59}/iy },
];
/** Quoted-printable looks as any assignment does; one of these alone is none. */
const QUOTED_MIN = 3;
/** Two bytes side by side, three of signs that are no numbers in an address, or a line that goes on. */
const QUOTED = /(?:=[0-9A-F]{2}){2}|=[ \t]{0,8}\r?\n|(?:=(?:[2-7][A-F]|20)(?![0-9A-Fa-f])[^=]{0,80}){3}/;
/** Longer than one sign: what comes out must be language. */
const UTF7_SHORT = 16;
const LAST_CODE_POINT = 0x10ffff;

const NAMES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', tab: ' ', newline: '\n', colon: ':', semi: ';',
  comma: ',', period: '.', excl: '!', quest: '?', num: '#', dollar: '$', percnt: '%', commat: '@', lpar: '(',
  rpar: ')', lbrace: '{', rbrace: '}', lcub: '{', rcub: '}', lsqb: '[', rsqb: ']', lbrack: '[', rbrack: ']',
  sol: '/', bsol: '\\', plus: '+', equals: '=', ast: '*', lowbar: '_', hyphen: '-', dash: '-', verbar: '|',
  vert: '|', grave: '`', hat: '^', tilde: '~', shy: '', zwnj: '', zwj: '', ensp: ' ', emsp: ' ', thinsp: ' ',
}; // prettier-ignore

/** Every escape of programs, addresses, mark-up and mail, once, where it stands; nothing where there is none. */
export function readEscapes(
  source: MappedText,
  traits: Traits,
): { text: MappedText; kind: ViewKind } | undefined {
  const wanted = ESCAPES.filter(({ sign, kind }) => isWorthTrying(sign, kind, source.text, traits));
  if (wanted.length === 0) return undefined;
  const counts = new Map<ViewKind, number>();
  const text = splice(source, escapesIn(source.text, wanted, counts));
  const [kind] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['escape' as const];
  return text && { text, kind };
}

function* escapesIn(
  text: string,
  wanted: readonly Escape[],
  counts: Map<ViewKind, number>,
): Generator<Piece> {
  let read = 0;
  for (const { at, sign } of signsIn(text, wanted)) {
    if (at < read || !mayBegin(sign, text.charCodeAt(at + 1), text.charCodeAt(at + 2))) continue;
    for (const { kind, form, sign: own } of wanted) {
      if (own !== sign) continue;
      form.lastIndex = at;
      const found = form.exec(text)?.[0];
      const meant = found === undefined ? undefined : meaning(kind, found);
      if (found === undefined || meant === undefined) continue;
      read = at + found.length;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      yield { start: at, end: read, text: meant };
      break;
    }
  }
}

/** Whether an escape may begin with a sign and the two units after it: most of those that are none end here. */
function mayBegin(sign: string, next: number, second: number): boolean {
  switch (sign) {
    case '%':
      return (isHex(next) && isHex(second)) || (next | 0x20) === 0x75;
    case '=':
      return next <= 0x20 || (isHex(next) && isHex(second));
    case '+':
      return second > 0x2a && second !== 0x2d;
    case '&':
      return next === 0x23 || next > 0x40;
    default:
      return true;
  }
}

function isHex(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x66);
}

function isWorthTrying(sign: string, kind: ViewKind, text: string, traits: Traits): boolean {
  const count = traits.ascii[sign.charCodeAt(0)] ?? 0;
  if (kind === 'punycode') return count > 0 && /xn--/i.test(text);
  if (kind === 'utf-7') return count > 0 && /\+A[A-Za-z0-9+/]{2,99}-|\+[A-Za-z0-9+/]{16}/.test(text);
  if (kind === 'quoted-printable') return count >= QUOTED_MIN && QUOTED.test(text);
  return count >= 1;
}

function* signsIn(
  text: string,
  wanted: readonly { readonly sign: string }[],
): Generator<{ at: number; sign: string }> {
  const signs = [...new Set(wanted.map(({ sign }) => sign))];
  const next = signs.map((sign) => text.indexOf(sign));
  for (;;) {
    let first = -1;
    for (let i = 0; i < signs.length; i++) {
      const at = next[i] ?? -1;
      if (at >= 0 && (first < 0 || at < (next[first] ?? 0))) first = i;
    }
    const sign = signs[first];
    if (first < 0 || sign === undefined) return;
    const at = next[first] ?? 0;
    next[first] = text.indexOf(sign, at + 1);
    yield { at, sign };
  }
}

function meaning(kind: ViewKind, found: string): string | undefined {
  switch (kind) {
    case 'url':
      return /^%u/i.test(found) ? unit(found.slice(2)) : ofBytes(found.slice(1).split('%'), 16);
    case 'escape':
      return ofProgram(found);
    case 'html':
      return ofMarkup(found);
    case 'quoted-printable': {
      if (/^=\s/.test(found)) return '';
      const text = ofBytes(found.slice(1).split('='), 16);
      return isPrintable(`aaaa${text}`) ? text : undefined;
    }
    case 'utf-7': {
      const bytes = Buffer.from(found.slice(1).replace(/-$/, ''), 'base64');
      const text = bytes
        .subarray(0, bytes.length & ~1)
        .swap16()
        .toString('utf16le');
      if (found.length > UTF7_SHORT) return isLanguage(text) ? text : undefined;
      return text !== '' && isPrintable(`${text}${text.replace(/[^a-z]/gi, 'a')}`) ? text : undefined;
    }
    default: {
      const name = domainToUnicode(found.toLowerCase());
      return name === '' || name === found ? undefined : name;
    }
  }
}

function unit(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function codePoint(value: number): string | undefined {
  return value <= LAST_CODE_POINT ? String.fromCodePoint(value) : undefined;
}

function ofProgram(found: string): string | undefined {
  const form = found.charAt(1);
  if (form === 'x' && !found.includes('{')) return ofBytes(found.slice(2).split(/\\x/i), 16);
  if (/^\\[xu]\{/i.test(found)) return codePoint(Number.parseInt(found.slice(3, -1), 16));
  if (found.startsWith('\\00') && /^(?:\\00[0-9a-f]{4} ?)+$/i.test(found))
    return (found.match(/[0-9a-f]{6}/gi) ?? [])
      .map((hex) => codePoint(Number.parseInt(hex, 16)) ?? '')
      .join('');
  if (form === 'u' && found.length % 6 === 0) return found.slice(2).split(/\\u/i).map(unit).join('');
  if (/^\\u/i.test(found)) return codePoint(Number.parseInt(found.slice(2), 16));
  if (/^\\x/i.test(found)) return ofBytes(found.slice(2).split(/\\x/i), 16);
  if (/^\\[nr]/.test(found)) return '\n';
  if (form === 't') return ' ';
  return /^\\\d/.test(found) ? ofBytes(found.slice(1).split('\\'), 8) : undefined;
}

function ofMarkup(found: string): string | undefined {
  const name = found.replace(/[&;]/g, '').toLowerCase();
  if (name.startsWith('#x')) return codePoint(Number.parseInt(name.slice(2), 16));
  if (name.startsWith('#')) return codePoint(Number.parseInt(name.slice(1), 10));
  // Without its end sign a name is one of an address as often: `?a=1&lt=2`.
  return found.endsWith(';') ? NAMES[name] : undefined;
}

/** UTF-8; where it is none, and where a sign is written in more bytes than it needs, what a lax reader reads. */
function ofBytes(digits: readonly string[], radix: number): string {
  const bytes = Buffer.from(digits.map((two) => Number.parseInt(two, radix) & 0xff));
  let lax = '';
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    const next = bytes[i + 1] ?? 0;
    if ((lead === 0xc0 || lead === 0xc1) && (next & 0xc0) === 0x80) {
      lax += String.fromCharCode(((lead & 0x1f) << 6) | (next & 0x3f));
      i++;
    } else if (lead === 0xe0 && next < 0xa0 && next >= 0x80 && i + 2 < bytes.length) {
      lax += String.fromCharCode(((next & 0x3f) << 6) | ((bytes[i + 2] ?? 0) & 0x3f));
      i += 2;
    } else lax += String.fromCharCode(lead);
  }
  if (lax.length < bytes.length) return lax;
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? lax : text;
}
