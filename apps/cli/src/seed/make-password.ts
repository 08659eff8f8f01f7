import { randomInt } from 'node:crypto';

const CONSONANTS = 'bdfghklmnprstvz';
const VOWELS = 'aeiou';
const GROUPS = 4;

/**
 * A password that can be read out and typed, such as `ravo-dime-kuta-befi-47`: 8 syllables of 75 and two digits, 56 bits.
 */
export function makePassword(random: (limit: number) => number = (limit) => randomInt(limit)): string {
  const letter = (letters: string) => letters.charAt(random(letters.length));
  const syllable = () => letter(CONSONANTS) + letter(VOWELS);
  const groups = Array.from({ length: GROUPS }, () => syllable() + syllable());
  return [...groups, String(random(90) + 10)].join('-');
}
