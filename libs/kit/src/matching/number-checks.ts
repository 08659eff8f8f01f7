/** Provinces of GB/T 2260, the first two digits of a resident id. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';

/** Chinese resident id, 18 places: region, date of birth, sequence, check digit of GB 11643 (ISO 7064 MOD 11-2). */
export function isResidentId(text: string): boolean {
  if (!/^[0-9]{17}[0-9Xx]$/.test(text) || !PROVINCES.has(text.slice(0, 2))) return false;
  if (!isDate(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14))))
    return false;
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return ID_CHECKS[sum % 11] === text[17]?.toUpperCase();
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2099) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Chinese mobile number, with or without +86. */
export function isMobile(digits: string): boolean {
  return /^(?:86|0086)?1[3-9][0-9]{9}$/.test(digits);
}

/**
 * Ranges that are issued (ISO/IEC 7812) in their lengths: Visa, Mastercard, American Express, Diners, JCB, UnionPay and Discover,
 * Maestro. Numbers of records and times of 18 digits are in none of them by the dozen.
 */
const ISSUED =
  /^(?:4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|3(?:0[0-59]|[689][0-9])[0-9]{11}(?:[0-9]{2})?|35[0-9]{14,17}|6[0-9]{15,18}|5[0678][0-9]{14}(?:[0-9]{2,3})?)$/;

/** Bank card: a number of an issued range and its length that passes the Luhn check. */
export function isBankCard(digits: string): boolean {
  return ISSUED.test(digits) && !/^(.)\1+$/.test(digits) && passesLuhn(digits);
}

/** Luhn formula, ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 0x30;
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
