import { findEmails } from './find-emails.js';
import { findNumbers } from './find-numbers.js';
import { withoutOverlaps, type Finding } from './finding.js';

export type PersonalKind = 'email' | 'bank-card' | 'cn-resident-id' | 'cn-mobile';
export type PersonalDatum = Finding<PersonalKind>;

/** Personal data in a text, in order and apart from each other, in linear time. */
export function findPersonalData(text: string): PersonalDatum[] {
  return withoutOverlaps([...findEmails(text), ...findNumbers(text)]);
}
