import { cleanLine } from '../2-parse/formats/clean-text.js';
import type { HiddenWhy } from '../2-parse/hidden-text.js';
import type { Finding } from './screen-document.step.js';

/** Of the text around what was found: enough to judge by, not a way to read the document. */
export const EXCERPT_CHARACTERS = 160;
const BEFORE_CHARACTERS = 30;
const SECTION_CHARACTERS = 100;

const HIDDEN: Record<HiddenWhy, string> = {
  'not-displayed': 'Hidden text: not displayed.',
  colour: 'Hidden text: in the colour of its background.',
  tiny: 'Hidden text: too small to be seen.',
  outside: 'Hidden text: outside the page.',
  comment: 'Hidden text: a comment.',
  deleted: 'Hidden text: deleted.',
  properties: 'Hidden text: properties of the file.',
  alternative: 'Hidden text: what stands for a picture or a link.',
  sheet: 'Hidden text: a hidden sheet, row or column.',
  slide: 'Hidden text: a hidden slide or shape.',
  header: 'Hidden text: a header of the mail that is not shown.',
};

const FOUND: Readonly<Record<string, string>> = {
  'direct-injection': 'An order to the assistant.',
  'document-instruction': 'An instruction to those who summarise or answer.',
  jailbreak: 'An attempt to lift the rules of the assistant.',
  'prompt-leak': 'An attempt to get the instructions of the assistant.',
  'hidden-text': 'Characters that nobody sees.',
  secret: 'A secret.',
  'personal-data': 'Personal data.',
};

/** Where it stands, in sentences without text of the document but names of its parts. */
export function placeOfFinding({ hidden, page, section }: Finding): string {
  return [
    ...(hidden ? [HIDDEN[hidden]] : []),
    ...(page === null ? [] : [`Page ${page}.`]),
    ...(section === 'name' && !hidden
      ? ['In the file name.']
      : section === 'title' && !hidden
        ? ['In the title.']
        : section && page === null
          ? [`In “${quotable(section).slice(0, SECTION_CHARACTERS).toWellFormed()}”.`]
          : []),
  ].join(' ');
}

/** For administrators: what was found, where, and the words. */
export function describeFinding(finding: Finding): string {
  const found = FOUND[finding.category] ?? `Category ${finding.category}.`;
  const quoted = finding.excerpt === '' ? [] : [`“${quotable(finding.excerpt)}”`];
  return [found, placeOfFinding(finding), ...quoted].filter((part) => part !== '').join(' ');
}

/** Our own quotation marks end where we end them. */
const quotable = (text: string): string => text.replace(/[“”]/g, '"');

/** The words that were found with a little before them, on one line, without what is invisible. */
export function excerptOf(text: string, start: number, end: number): string {
  const from = Math.max(0, start - BEFORE_CHARACTERS);
  const to = Math.min(text.length, Math.max(end, start) + BEFORE_CHARACTERS, from + EXCERPT_CHARACTERS);
  const words = cleanLine(text.slice(from, to).toWellFormed()).replace(/[\p{Cf}\p{Co}\p{Cn}]/gu, '');
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}
