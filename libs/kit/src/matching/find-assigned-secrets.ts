import type { Finding } from './finding.js';
import { isPlaceholder } from './placeholder.js';

type AssignedKind = 'password' | 'key';

/** Group 1: words after which even a weak value is a password. The rest: words that need a strong one. */
const KEYWORD =
  /(password|passwd|passphrase|pwd|密码|口令)|client[ _-]?secret|secret(?:[ _-]?access)?[ _-]?key|api[ _-]?key|access[ _-]?key|private[ _-]?key|(?:auth|access|bearer|refresh)?[ _-]?token|secret|密钥|秘钥|令牌/giu;

/** What may stand between keyword and value. Sticky and bounded, so every attempt is short. */
const ASSIGNED =
  /["'`*\]]{0,3}[ \t\u3000]{0,3}(?:=>|:=|==?|[:：＝])[ \t\u3000]{0,3}[*]{0,2}[ \t]{0,3}(["'`“‘「]?)/y;
const SAID =
  /["'`*]{0,3}(?:[ \t]{1,3}(?:is|was)[ \t:]{1,3}|[ \t]{0,3}[是为][ \t:：]{0,3})[*]{0,2}[ \t]{0,3}(["'`“‘「]?)/y;
const VALUE = /[^\s"'`,;<>()\u0080-\uffff]{1,512}/y;
const LINE_END = /[ \t]{0,8}(?:[\r\n]|$)/y;

const SHORTEST_PASSWORD = 4;
const SHORTEST_WORD = 6;
const SHORTEST_KEY = 8;

/** `password: …`, `密码：…`, `API_KEY=…` and the like; the finding is the value alone. */
export function findAssignedSecrets(text: string): Finding<AssignedKind>[] {
  const found: Finding<AssignedKind>[] = [];
  const keyword = new RegExp(KEYWORD);
  for (let match = keyword.exec(text); match; match = keyword.exec(text)) {
    const kind = match[1] === undefined ? 'key' : 'password';
    const finding = valueAfter(text, keyword.lastIndex, kind);
    if (!finding) continue;
    found.push(finding);
    keyword.lastIndex = finding.end;
  }
  return found;
}

function valueAfter(text: string, from: number, kind: AssignedKind): Finding<AssignedKind> | undefined {
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
    const quoted = match[1] !== '';
    const plausible = kind === 'key' ? isKey(value) : isPassword(value, said, quoted || endsLine(text, end));
    return plausible ? { start, end, kind } : undefined;
  }
  return undefined;
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

function endsLine(text: string, at: number): boolean {
  LINE_END.lastIndex = at;
  return LINE_END.test(text);
}
