import { findAddresses } from './find-addresses.js';
import { findEmails } from './find-emails.js';
import { findIbans } from './find-ibans.js';
import { findNumbers } from './find-numbers.js';
import { findPassports } from './find-passports.js';
import { findPhones } from './find-phones.js';
import { united, type Finding } from './finding.js';

export type PersonalKind =
  'email' | 'bank-card' | 'cn-resident-id' | 'cn-mobile' | 'iban' | 'ip-address' | 'passport' | 'phone';
export type PersonalDatum = Finding<PersonalKind>;

/** Personal data in a text, in order and apart from each other, in linear time. */
export function findPersonalData(text: string): PersonalDatum[] {
  return united<PersonalKind>([
    ...findNumbers(text),
    ...findEmails(text),
    ...findIbans(text),
    ...findAddresses(text),
    ...findPassports(text),
    ...findPhones(text),
  ]);
}
