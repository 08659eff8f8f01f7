import { ASSIGNED, CREDENTIAL, PASSPHRASE, PASSPORT } from './find-detected.js';

/** Beyond the reasons of `find-detected`: a command of curl, the first line of a key. */
export const CURL = 1 << 16;
export const HEADER = 1 << 17;

/** A blank stands for blank, hyphen and underscore. */
const WORDS: readonly [string, number][] = [
  ...(
    'pass passwd password passwort passcode pwd 密码 口令 secret token key auth creds credential credentials ' +
    'sourcegraph algolia datadog sendgrid mailgun twilio snyk heroku netlify cloudflare sentry grafana airtable dropbox ' +
    '密钥 秘钥 sk: sk= sk： sk" sk\' ak: ak= ak： ak" ak\''
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
];

/** Class of a unit; 0: in no word. Two letters of Unicode fold to ASCII where expressions ignore case. */
export const CLASSES = new Uint8Array(65536);
export const WIDTH = countClasses();
/** Next state by state and class; what a state ends with. */
export const { next: NEXT, out: OUT } = build();

/** The reasons of all trigger words of a text. */
export function triggersIn(text: string): number {
  const [classes, width, nextState, reasonsOf] = [CLASSES, WIDTH, NEXT, OUT];
  let state = 0;
  let reasons = 0;
  for (let i = 0; i < text.length; i++) {
    state = nextState[state * width + (classes[text.charCodeAt(i)] ?? 0)] ?? 0;
    reasons |= reasonsOf[state] ?? 0;
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
