import { ASSIGNED, CREDENTIAL, PASSPHRASE, PASSPORT } from './detection-reasons.js';

/** Beyond the reasons of `find-detected`: a command of curl, the first line of a key. */
export const CURL = 1 << 16;
export const HEADER = 1 << 17;

/** A blank stands for blank, hyphen and underscore. */
const WORDS: readonly [string, number][] = [
  ...(
    'pass passwd password passwort passcode pwd 密码 口令 secret token key auth creds credential credentials ' +
    'sourcegraph algolia datadog sendgrid mailgun twilio snyk heroku netlify cloudflare sentry grafana airtable dropbox ' +
    '密碼 密鑰 金鑰 パスワード 密钥 秘钥 sk: sk= sk： sk" sk\' ak: ak= ak： ak" ak\''
  )
    .split(' ')
    .map((word): [string, number] => [word, ASSIGNED]),
  ['令牌', ASSIGNED],
  ['passphrase', ASSIGNED | PASSPHRASE],
  ['pass phrase', ASSIGNED | PASSPHRASE],
  ['authorization', CREDENTIAL],
  ['bearer', CREDENTIAL],
  ...['mysql', 'mariadb', 'sshpass', 'redis cli', 'docker login'].map((word): [string, number] => [
    word,
    CREDENTIAL,
  ]),
  ['passport', PASSPORT],
  ['护照', PASSPORT],
  ['curl', CURL],
  ['     begin', HEADER],
  ['putty user key file ', HEADER],
];

/** See `FACTS` of detector-region. */
const CLASSES_MAX = 63;

/** Class of a unit; 0: in no word. Two letters of Unicode fold to ASCII where expressions ignore case. */
export const CLASSES = new Uint8Array(65536);
export const WIDTH = countClasses();
/** Next state by state and class; what a state ends with. */
export const { next: NEXT, out: OUT } = build();

/** All units of a class. */
function formsOf(unit: string): string[] {
  const code = CLASSES[unit.charCodeAt(0)];
  const forms: string[] = [];
  CLASSES.forEach((other, form) => {
    if (other === code) forms.push(String.fromCharCode(form));
  });
  return forms;
}

interface Trigger {
  readonly classes: readonly number[];
  readonly reason: number;
}
/** What findings of whole texts are asked about, by the classes of their first two units. */
const TRIGGERS: (Trigger[] | undefined)[] = Array.from({ length: WIDTH * WIDTH });
for (const [word, reason] of WORDS) {
  if (reason === HEADER) continue;
  const classes = Array.from({ length: word.length }, (_, i) => CLASSES[word.charCodeAt(i)] ?? 0);
  const key = (classes[0] ?? 0) * WIDTH + (classes[1] ?? 0);
  TRIGGERS[key] = [...(TRIGGERS[key] ?? []), { classes, reason }];
}

/** All units, three at most, that triggers begin with. */
export function startsOfTriggers(): Set<string> {
  const heads = WORDS.filter(([, reason]) => reason !== HEADER).map(([word]) => word.slice(0, 3));
  const forms = new Map([...new Set(heads.join(''))].map((unit) => [unit, formsOf(unit)]));
  const starts = new Set<string>();
  for (const head of heads) {
    let begun = [''];
    for (const unit of head)
      begun = begun.flatMap((start) => (forms.get(unit) ?? []).map((form) => start + form));
    for (const start of begun) starts.add(start);
  }
  return starts;
}

/** The reasons of the trigger words that begin there. */
export function triggerAt(text: string, at: number): number {
  const key = (CLASSES[text.charCodeAt(at)] ?? 0) * WIDTH + (CLASSES[text.charCodeAt(at + 1)] ?? 0);
  const triggers = TRIGGERS[key];
  if (!triggers) return 0;
  let reasons = 0;
  for (const { classes, reason } of triggers) {
    let i = 2;
    while (i < classes.length && CLASSES[text.charCodeAt(at + i)] === classes[i]) i++;
    if (i === classes.length) reasons |= reason;
  }
  return reasons;
}

function countClasses(): number {
  const units = [...new Set(WORDS.flatMap(([word]) => word.split('')))];
  units.forEach((unit, i) => {
    for (const form of unit === ' ' ? [' ', '-', '_'] : [unit, unit.toUpperCase()])
      CLASSES[form.charCodeAt(0)] = i + 1;
  });
  CLASSES[0x17f] = CLASSES[0x73] ?? 0;
  CLASSES[0x212a] = CLASSES[0x6b] ?? 0;
  if (units.length > CLASSES_MAX)
    throw new RangeError('more units in trigger words than facts have room for');
  return units.length + 1;
}

function build(): { next: Uint16Array; out: Int32Array } {
  const states = 1 + WORDS.reduce((sum, [word]) => sum + word.length, 0);
  const next = new Uint16Array(states * WIDTH);
  const out = new Int32Array(states);
  let count = 1;
  for (const [word, reason] of WORDS) {
    let state = 0;
    for (const unit of word) {
      const at = state * WIDTH + (CLASSES[unit.charCodeAt(0)] ?? 0);
      state = next[at] || (next[at] = count++);
    }
    out[state] = (out[state] ?? 0) | reason;
  }
  const fail = new Uint16Array(count);
  const queue = [0];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    for (let code = 0; code < WIDTH; code++) {
      const child = next[state * WIDTH + code] ?? 0;
      const other = state === 0 ? 0 : (next[(fail[state] ?? 0) * WIDTH + code] ?? 0);
      if (child === 0) next[state * WIDTH + code] = other;
      else {
        fail[child] = other;
        out[child] = (out[child] ?? 0) | (out[other] ?? 0);
        queue.push(child);
      }
    }
  }
  return { next, out };
}
