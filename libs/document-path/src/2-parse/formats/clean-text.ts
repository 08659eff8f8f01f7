/** What Windows has in place of control characters; some decoders, Node 20's too, leave these as they are. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The letters that were meant by control characters of the second block. */
export const meantLetters = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80));

/** What Postgres and every reader can hold: no control characters but tab and line feed, no lone surrogates. */
export function cleanText(text: string): string {
  return meantLetters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]|[\ufeff\u00ad]/gu, '')
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\ufffd');
}

/** Cleaned, blanks folded, on one line. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();
