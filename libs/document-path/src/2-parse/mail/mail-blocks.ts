import { cleanLine, cleanText } from '../formats/clean-text.js';
import { readHtml } from '../formats/parse-html.js';
import { paragraphsOf } from '../formats/parse-text.js';
import { HiddenTexts } from '../hidden-text.js';
import type { Block } from '../parsed-document.js';

/** What a mail says, whatever it was packed in. */
export interface Mail {
  readonly subject: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** ISO 8601, or as it was written. */
  readonly date: string;
  readonly html: string;
  readonly text: string;
}

/** More addresses than this are a mailing list; the rest is counted. */
const ADDRESSES_MAX = 20;

/** Who wrote to whom and when as the first paragraph, then the text; formatted text is read before plain. */
export function mailBlocks(mail: Mail, hidden = new HiddenTexts()): Block[] {
  const lines = [
    ['From', mail.from],
    ['To', addresses(mail.to)],
    ['Cc', addresses(mail.cc)],
    ['Date', dateOf(mail.date)],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  const blocks: Block[] = [];
  const subject = cleanLine(mail.subject);
  if (subject !== '') blocks.push({ kind: 'heading', level: 1, text: subject, page: null });
  if (lines.length > 0) blocks.push({ kind: 'paragraph', text: lines.join('\n'), page: null });
  const formatted = mail.html === '' ? [] : readHtml(mail.html, hidden);
  blocks.push(...(formatted.length > 0 ? formatted : paragraphsOf(cleanText(mail.text))));
  return blocks;
}

export function addressOf(name: string | undefined, address: string | undefined): string {
  const [shown, exact] = [cleanLine(name ?? ''), cleanLine(address ?? '')];
  // An address inside an Exchange organisation is no address to anybody.
  const usable = exact.includes('@') && exact.toLowerCase() !== shown.toLowerCase();
  return shown === '' ? exact : usable ? `${shown} <${exact}>` : shown;
}

function addresses(all: readonly string[]): string {
  const shown = all.filter((one) => one !== '');
  const more = shown.length - ADDRESSES_MAX;
  return shown.slice(0, ADDRESSES_MAX).join(', ') + (more > 0 ? ` (+${more})` : '');
}

function dateOf(date: string): string {
  const iso = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?Z$/.exec(date);
  return iso ? `${iso[1]} ${iso[2]} UTC` : cleanLine(date);
}
