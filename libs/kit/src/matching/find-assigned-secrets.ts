import type { Finding } from './finding.js';
import { isPlaceholder } from './placeholder.js';

type AssignedKind = 'password' | 'key';

/** Group 1: words after which even a weak value is a password. Group 2: a word of many meanings. The rest need a strong one. */
const KEYWORD =
  /(password|passwd|pass[ -]?phrase|passcode|pwd|密码|口令)|((?<![A-Za-z])pass(?![A-Za-z]))|account[ _-]?key|client[ _-]?secret|secret(?:[ _-]?access)?[ _-]?key|api[ _-]?key|access[ _-]?key|private[ _-]?key|(?:auth|access|bearer|refresh)?[ _-]?token|secret|密钥|秘钥|令牌/giu;

/** What may stand between keyword and value. Sticky and bounded, so every attempt is short. */
const ASSIGNED =
  /["'`*\]]{0,3}[ \t\u3000]{0,3}(?:=>|:=|==?|[:：＝])[ \t\u3000]{0,3}[*]{0,2}[ \t]{0,3}(["'`“‘「]?)/y;
const SAID =
  /["'`*]{0,3}(?:[ \t]{1,3}(?:is|was)[ \t:]{1,3}|[ \t]{0,3}[是为][ \t:：]{0,3})[*]{0,2}[ \t]{0,3}(["'`“‘「]?)/y;
const VALUE = /[^\s"'`,;<>()\u0080-\uffff]{1,512}/y;
const REST_OF_VALUE = /[^\s"'`,;<>()\u0080-\uffff]+/y;
/** The longest value by which is judged; what is certain is read on to its end. */
const JUDGED = 512;
/** Whose pass it is where `pass` means the password, and what else may be called one. */
const OWNER =
  /\b(?:my|our|your|his|her|their|admin|root|db|database|user|login|wi-?fi|mail|smtp|ftp|ssh|vpn|sudo)[ _-]$/i;
const OTHER_PASS =
  /\b(?:boarding|visitors?|ski|day|week|month|press|bus|rail|train|season|annual|guest|parking|travel|access|entry|security|hall|mountain|first|second|third|last|single|one|museum|conference|event)[ _-]$/i;
const BEFORE = 16;
const LINE_END = /[ \t]{0,8}(?:[\r\n]|$)/y;

const SHORTEST_PASSWORD = 4;
const SHORTEST_WORD = 6;
const SHORTEST_KEY = 8;

/** `password: …`, `密码：…`, `API_KEY=…` and the like; the finding is the value alone. */
export function findAssignedSecrets(text: string): Finding<AssignedKind>[] {
  const found: Finding<AssignedKind>[] = [];
  const keyword = new RegExp(KEYWORD);
  for (let match = keyword.exec(text); match; match = keyword.exec(text)) {
    const word = match[2] === undefined ? (match[1] === undefined ? 'key' : 'password') : 'pass';
    const before = word === 'pass' ? text.slice(Math.max(0, match.index - BEFORE), match.index) : '';
    const finding = valueAfter(text, keyword.lastIndex, word, before);
    if (!finding) continue;
    found.push(finding);
    keyword.lastIndex = finding.end;
  }
  return found;
}

function valueAfter(
  text: string,
  from: number,
  word: AssignedKind | 'pass',
  before: string,
): Finding<AssignedKind> | undefined {
  for (const separator of [ASSIGNED, SAID]) {
    separator.lastIndex = from;
    const match = separator.exec(text);
    if (!match) continue;
    const start = separator.lastIndex;
    VALUE.lastIndex = start;
    const value = trimmed(VALUE.exec(text)?.[0] ?? '');
    const end = start + value.length;
    if (isPlaceholder(value)) return undefined;
    const said = separator === SAID;
    const alone = match[1] !== '' || endsLine(text, end);
    const plausible =
      word === 'pass'
        ? isPass(value, before, said)
        : word === 'key'
          ? isKey(value)
          : isPassword(value, said, alone);
    if (!plausible) return undefined;
    return { start, end: endOfValue(text, start, end), kind: word === 'key' ? 'key' : 'password' };
  }
  return undefined;
}

function endOfValue(text: string, start: number, end: number): number {
  if (end - start < JUDGED) return end;
  REST_OF_VALUE.lastIndex = end;
  return REST_OF_VALUE.test(text) ? REST_OF_VALUE.lastIndex : end;
}

/** Without the full stop or the emphasis that ends a sentence. */
function trimmed(value: string): string {
  return value.replace(/[.*]{1,3}$/, '');
}

function isKey(value: string): boolean {
  return value.length >= SHORTEST_KEY && /[0-9]/.test(value) && /[A-Za-z]/.test(value);
}

/** `said`: after «is», where most words are no passwords. `alone`: quoted, or the last thing on its line. */
function isPassword(value: string, said: boolean, alone: boolean): boolean {
  if (value.length < SHORTEST_PASSWORD) return false;
  const digits = /[0-9]/.test(value);
  if (digits && (/[A-Za-z]/.test(value) || /^[0-9]+$/.test(value))) return true;
  if (/[!@#$%^&+=~?|\\]./.test(value)) return true;
  return !said && alone && value.length >= SHORTEST_WORD;
}

/** «My pass is expired», «pass: 1200, fail: 3», «boarding pass: LH1234» are none. */
function isPass(value: string, before: string, said: boolean): boolean {
  if (said ? !OWNER.test(before) : OTHER_PASS.test(before)) return false;
  if (value.length < SHORTEST_PASSWORD || /^[0-9]{1,4}(?:st|nd|rd|th)(?![A-Za-z0-9])/i.test(value))
    return false;
  if (/[0-9]/.test(value) && /[A-Za-z]/.test(value)) return true;
  return /[!@#$%^&+=~?|\\][A-Za-z0-9]/.test(value) || (said && /^[0-9]{6,64}$/.test(value));
}

function endsLine(text: string, at: number): boolean {
  LINE_END.lastIndex = at;
  return LINE_END.test(text);
}
