import { isDummy, isSequence } from './placeholder.js';

/** Whose pass it is where `pass` means the password, and what else may be called one. */
const OWNER =
  /\b(?:my|our|your|his|her|their|admin|root|db|database|user|login|wi-?fi|mail|smtp|ftp|ssh|vpn|sudo)[ _-]$/i;
const OTHER_PASS =
  /\b(?:boarding|visitors?|ski|day|week|month|press|bus|rail|train|season|annual|guest|parking|travel|access|entry|security|hall|mountain|first|second|third|last|single|one|museum|conference|event)[ _-]$/i;

const SHORTEST_PASSWORD = 4;
const SHORTEST_WORD = 6;
const SHORTEST_KEY = 10;
const SHORTEST_STRONG = 16;
const SHORTEST_MIXED = 8;
/** Of a drawn value, how many places at least are parted between letters and digits. */
const CHANGES = 3;
const UUID = /^[{]?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
/** `jjwt-jackson-0.11.2`, `aes-256-gcm`: words, numbers of versions and sizes. */
const NAME = /^[A-Za-z]+(?:[-_.:/][A-Za-z]*)*(?:[-_.:/][0-9]{1,4})+(?:[-_.:/][A-Za-z]+)*$/;

/** After a word that says key, secret or token: letters and digits, and no name. */
export function isKey(value: string): boolean {
  if (value.length < SHORTEST_KEY || !/[0-9]/.test(value)) return false;
  if (!/[A-Za-z]/.test(value)) return false;
  return !isDummy(value) && !isSequence(value) && !NAME.test(value);
}

/** After a word that has many other meanings: long, drawn, and no number of a record. */
export function isStrongKey(value: string): boolean {
  if (value.length < SHORTEST_STRONG || !/^[\w+/=.~:|-]+$/.test(value)) return false;
  return isKey(value) && !UUID.test(value) && changesOf(value) >= CHANGES;
}

/** A password that follows without a sign: `密码 l8hrW27r`, and no name such as `AES-256` or `OAuth2`. */
export function isMixedWord(value: string): boolean {
  if (value.length < SHORTEST_MIXED || !/[a-z]/.test(value) || !/[0-9]/.test(value)) return false;
  return (
    !isDummy(value) && !NAME.test(value) && changesOf(value) + (/[!@#$%^&+=~?|]/.test(value) ? 1 : 0) >= 2
  );
}

/** How often letters and digits take turns. */
function changesOf(value: string): number {
  return value.match(/[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])/g)?.length ?? 0;
}

/** `said`: after «is», where most words are no passwords. `alone`: quoted, or the last thing on its line. */
export function isPassword(value: string, said: boolean, alone: boolean): boolean {
  if (value.length < SHORTEST_PASSWORD) return false;
  const digits = /[0-9]/.test(value);
  if (digits && (/[A-Za-z]/.test(value) || /^[0-9]+$/.test(value))) return true;
  if (/[!@#$%^&+=~?|\\]./.test(value)) return true;
  return !said && alone && value.length >= SHORTEST_WORD;
}

/** «My pass is expired», «pass: 1200, fail: 3», «boarding pass: LH1234» are none. */
export function isPass(value: string, before: string, said: boolean): boolean {
  if (said ? !OWNER.test(before) : OTHER_PASS.test(before)) return false;
  if (
    value.length < SHORTEST_PASSWORD ||
    value.startsWith('--') ||
    /^[0-9]{1,4}(?:st|nd|rd|th)(?![A-Za-z0-9])/i.test(value)
  )
    return false;
  if (/[0-9]/.test(value) && /[A-Za-z]/.test(value)) return true;
  return /[!@#$%^&+=~?|\\][A-Za-z0-9]/.test(value) || (said && /^[0-9]{6,64}$/.test(value));
}
