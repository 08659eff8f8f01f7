import { isKey, isMixedWord, isPass, isPassword, isStrongKey } from './assigned-values.js';
import type { Finding } from './finding.js';
import { isElided, isMember, isPlaceholder } from './placeholder.js';
import { secretSigns } from './secret-signs.js';

type AssignedKind = 'password' | 'key';
/** What the word before a value says about it. */
type Word = AssignedKind | 'pass' | 'strong';

/**
 * Group 1: words after which even a weak value is a password. Group 2: a word of many meanings. Group 3: words after
 * which a value must look drawn. The rest need a value that is no word.
 */
const KEYWORD =
  /(password|passwd|passwort|pass[ -]?phrase|passcode|pwd|密码|密碼|口令|パスワード)|((?<![A-Za-z])pass(?![A-Za-z]))|account[ _-]?key|client[ _-]?secret|secret(?:[ _-]?access)?[ _-]?key|api[ _-]?key|access[ _-]?key|private[ _-]?key|(?:auth|access|bearer|refresh)?[ _-]?token|secret|密钥|秘钥|密鑰|金鑰|令牌|(key|auth|(?<![A-Za-z])(?:sourcegraph|algolia|datadog|sendgrid|mailgun|twilio|snyk|heroku|netlify|cloudflare|sentry|grafana|airtable|dropbox)|credentials?|creds|(?<![A-Za-z])[as]k(?=["':=：]))/giu;

/** What may stand between keyword and value. Sticky and bounded, so every attempt is short. */
const ASSIGNED =
  /(?:[_-]?[0-9]{1,3}|[_-]?value|:? string)?["'`*\]\\]{0,4}(?:[ \t\u3000]{0,3}(?:[=-]>|→|:{1,3}=|==?|\?=|\.=|\|\||[:：＝])[ \t\u3000]{0,3}|>[ \t]{0,3}(?:\r?\n[ \t]{0,12})?|[ \t](?:-[ \t])?(?=["'`])|["'],?[ \t]{1,8}["']?value["']?[ \t]?[:=][ \t]?|["'][ \t]?,[ \t]?(?=["']))[*]{0,2}[ \t]{0,3}\\?(["'`“‘「]{0,3})/y;
const SAID =
  /["'`*]{0,3}(?:[ \t]{1,3}(?:is|was)[ \t:]{1,3}|[ \t]{0,3}[是为][ \t:：]{0,3})[*]{0,2}[ \t]{0,3}(["'`“‘「]?)/y;
/** The value in the next line, which has nothing else in it. */
const BELOW = /["'`*\]]{0,4}[ \t]{0,3}[:：][*]{0,2}[ \t]{0,3}\r?\n[ \t]{0,12}[*]{0,2}(["'`]{0,3})/y;
const SHORTEST_BELOW = 6;
const LINE_REST = 16;
/** Behind a keyword in quotes or in a cell: names in a grammar, a list or a table stand so too. */
const LISTED = /^["'`*]{1,4}[ \t]{0,8},?[ \t]{0,8}["'`*]{0,3}$/;
const CELL = /[ \t]{1,16}\|[ \t]{1,16}`?/y;
/** `--password x`, `login ann password x`, and Chinese words, where a blank or nothing parts them. */
const BARE = /[ \t]{0,3}(["']?)/y;
const OPTION = /(?:^|[\s"'`(])-{1,2}[A-Za-z-]{0,16}$/;
const NETRC = /login[ \t]{1,3}\S{1,16}[ \t]{1,3}$/i;
// Printable ASCII without what ends a value.
const VALUE = /[!#-&*+\-./0-9:=?@A-Z[\\\]^_a-z{|}~]{1,512}/y;
const REST_OF_VALUE = /[!#-&*+\-./0-9:=?@A-Z[\\\]^_a-z{|}~]+/y;
/** Of a form or an address: the next of its fields. */
const NEXT_FIELD = /&(?:amp;)?[A-Za-z][A-Za-z0-9._-]{0,40}=.*$/;
/** The longest value by which is judged; what is certain is read on to its end. */
const JUDGED = 512;
/** Of these the public knows, or nobody signs in with them. */
const NOT_SECRET =
  /(?:badge\.svg\?|(?:public|csrf|xsrf|authenticity|resource|search|page|next|continuation|cancellation|primary|foreign|partition|cache|idempotency|json ?web)[ _-]?)$/i;
/** What a place in a store or a sum is called, as a word of its own: `backend_api_key`, `hash_secret` are secrets. */
const PLACES = 'gpg|pgp|start|end|row|region|hash|sort|index|object';
const NO_KEY = new RegExp(`(?<![A-Za-z])(?:${PLACES})[ _-]?$`, 'i');
const PLAIN_KEY = /^[ _-]?(?:key|token)$/i;
const BEFORE = 32;
const LINE_END = /[ \t]{0,8}(?:[\r\n]|$)/y;

/** `password: …`, `密码：…`, `API_KEY=…` and the like; the finding is the value alone. */
export function findAssignedSecrets(text: string): Finding<AssignedKind>[] {
  return findAssignedSecretsAt(text, secretSigns(text).assigned);
}

/** Units of a keyword before the trigger word in it, about it, and beside it. */
const BEFORE_TRIGGER = 12;
const FROM_TRIGGER = 32;

/** The same, where it is known at which places words for secrets stand: every keyword holds one. */
export function findAssignedSecretsAt(text: string, places: readonly number[]): Finding<AssignedKind>[] {
  const found: Finding<AssignedKind>[] = [];
  let from = 0;
  for (const place of places) {
    if (place < from) continue;
    const match = keywordAt(text, Math.max(from, place - BEFORE_TRIGGER), place);
    if (!match) continue;
    const { index, end } = match;
    from = end;
    const before = text.slice(Math.max(0, index - BEFORE), index);
    if ((match.word === 'key' || match.word === 'strong') && NOT_SECRET.test(before)) continue;
    if (PLAIN_KEY.test(text.slice(index, end)) && NO_KEY.test(before)) continue;
    const finding =
      valueAfter(text, end, match.word, before) ??
      bareValueAfter(text, end, match.word, before, text.slice(index, end));
    if (!finding) continue;
    found.push(finding);
    from = finding.end;
  }
  return found;
}

interface Keyword {
  readonly word: Word;
  readonly index: number;
  readonly end: number;
}

const keyword = new RegExp(KEYWORD);

/** The first keyword that begins between two places, the last one being where its trigger word stands. */
function keywordAt(text: string, from: number, place: number): Keyword | undefined {
  // One unit more, for what may not stand before it.
  const offset = Math.max(0, from - 1);
  keyword.lastIndex = from - offset;
  const match = keyword.exec(text.slice(offset, place + FROM_TRIGGER));
  if (!match || offset + match.index > place) return undefined;
  const word: Word = match[1] ? 'password' : match[2] ? 'pass' : match[3] ? 'strong' : 'key';
  const index = offset + match.index;
  return { word, index, end: index + match[0].length };
}

const QUOTES = '"\'`';

function valueAfter(
  text: string,
  from: number,
  word: Word,
  before: string,
): Finding<AssignedKind> | undefined {
  for (const separator of [BELOW, CELL, ASSIGNED, SAID]) {
    separator.lastIndex = from;
    const match = separator.exec(text);
    if (!match) continue;
    const start = separator.lastIndex;
    // Fields of a form have neither blanks nor quotes: `&` and `=` are signs of a password elsewhere.
    const value = valueAt(text, start, match[0].endsWith('='));
    const end = start + value.length;
    if (isPlaceholder(value) || isElided(text, end) || isTemplate(before, match[0], value)) return undefined;
    if (isMember(value) && !QUOTES.includes(text.charAt(start - 1))) return undefined;
    const said = separator === SAID;
    const alone = match[1] !== '' || endsLine(text, end) || isInQuery(before) || text[end] === '&';
    if (separator === BELOW && !isBelow(text, value, end)) return undefined;
    const isListed = separator === CELL || LISTED.test(match[0]);
    if (isListed && word !== 'key' && word !== 'strong' && !isMixedWord(value)) return undefined;
    if (!isPlausible(word, value, { before, said, alone })) return undefined;
    return { start, end: endOfValue(text, start, end), kind: kindOf(word) };
  }
  return undefined;
}

function bareValueAfter(
  text: string,
  from: number,
  word: Word,
  before: string,
  keyword: string,
): Finding<AssignedKind> | undefined {
  if (word === 'pass') return undefined;
  const chinese = keyword.charCodeAt(0) > 0x7f;
  const named = OPTION.test(before) || (word === 'password' && NETRC.test(before));
  if (!chinese && !named) return undefined;
  BARE.lastIndex = from;
  if (!BARE.test(text)) return undefined;
  const start = BARE.lastIndex;
  const value = valueAt(text, start);
  const end = start + value.length;
  if (start === from && !chinese) return undefined;
  if (value.startsWith('-') || isPlaceholder(value) || isElided(text, end)) return undefined;
  const plausible = word === 'password' ? isMixedWord(value) : isStrongKey(value);
  return plausible ? { start, end: endOfValue(text, start, end), kind: kindOf(word) } : undefined;
}

function isPlausible(
  word: Word,
  value: string,
  { before, said, alone }: { before: string; said: boolean; alone: boolean },
): boolean {
  switch (word) {
    case 'pass':
      return isPass(value, before, said);
    case 'password':
      return isPassword(value, said, alone);
    case 'strong':
      return !said && isStrongKey(value);
    case 'key':
      return isKey(value);
  }
}

/** Letters and digits, no name of a field that goes on, and the last thing on its line. */
function isBelow(text: string, value: string, end: number): boolean {
  const isMixed = /[A-Za-z]/.test(value) && /[0-9]/.test(value);
  const isWhole = /^["'`*]{0,4}[ \t]{0,8}(?:[\r\n]|$)/.test(text.slice(end, end + LINE_REST));
  return isWhole && isMixed && value.length >= SHORTEST_BELOW && !/[:：]$|^[-.]/.test(value);
}

/** `<user>:<password>@host` of a manual. */
function isTemplate(before: string, separator: string, value: string): boolean {
  return before.endsWith('<') && separator.startsWith('>') && value.startsWith('@');
}

/** The keyword is the name of a field of an address. */
const isInQuery = (before: string): boolean => /[?&](?:[A-Za-z]{1,16}[._-]){0,3}$/.test(before);

function kindOf(word: Word): AssignedKind {
  return word === 'key' || word === 'strong' ? 'key' : 'password';
}

/** Without the full stop or the emphasis that ends a sentence. */
function valueAt(text: string, start: number, isField = false): string {
  VALUE.lastIndex = start;
  const all = VALUE.exec(text)?.[0] ?? '';
  const value = isField ? all.replace(NEXT_FIELD, '') : all;
  return value.replace(/[.*\\]{1,3}$/, '');
}

function endOfValue(text: string, start: number, end: number): number {
  if (end - start < JUDGED) return end;
  REST_OF_VALUE.lastIndex = end;
  return REST_OF_VALUE.test(text) ? REST_OF_VALUE.lastIndex : end;
}

function endsLine(text: string, at: number): boolean {
  LINE_END.lastIndex = at;
  return LINE_END.test(text);
}
