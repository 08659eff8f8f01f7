/** Why a link of an answer is shown as text. */
export type LinkFault = 'scheme' | 'host' | 'disguise' | 'data';

export type JudgedLink = { readonly href: string } | { readonly fault: LinkFault };

/** Of everything behind the host, as written: what people link to is shorter. */
export const LINK_UNITS_MAX = 300;
/** Of one value of a query, or of a fragment, decoded. */
export const VALUE_UNITS_MAX = 80;
/** Words in a value that are a sentence and no search. */
export const VALUE_WORDS_MAX = 6;
export const VALUE_HAN_MAX = 10;
/** Words of a file's name, in a path. */
const SEGMENT_WORDS_MAX = 12;
/** A run without a vowel's rhythm, as encodings make them. */
const ENCODED_MIN = 24;
/** Of the host: a name that resolves is asked of servers, and says what it is made of. */
const HOST_UNITS_MAX = 100;
const LABEL_UNITS_MAX = 40;
/** Words of the answer in a row within a value. */
const SAID_WORDS = 4;

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}/;

/**
 * Whether a link may be followed by a click. An answer may be steered by what a document says: what a link would carry
 * away, and where it leads, must be seen by who clicks.
 *
 * @param shown what the link is called on the page
 * @param said the answer around it
 */
export function judgeLink(raw: string, shown: string, said = ''): JudgedLink {
  const href = raw.trim();
  if (/^mailto:/i.test(href)) return judgeMail(href);
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return { fault: 'scheme' };
  const url = new URL(href);
  if (url.username !== '' || url.password !== '' || !hostIsPlain(href, url)) return { fault: 'host' };
  const named = hostIn(shown);
  if (named !== null && named !== bare(url.hostname)) return { fault: 'disguise' };
  return carriesData(url, said) || carriesNumber(url, shown, said) ? { fault: 'data' } : { href };
}

/** An address, perhaps with a short subject; a text for the letter is written by people. */
function judgeMail(href: string): JudgedLink {
  const [address = '', query = ''] = href.slice('mailto:'.length).split(/\?(.*)/s);
  const fields = [...new URLSearchParams(query)];
  const plain =
    MAIL.test(decoded(address)) &&
    decoded(address).split(',').length === 1 &&
    fields.every(([name, value]) => name.toLowerCase() === 'subject' && !isTelling(value, VALUE_WORDS_MAX));
  return plain ? { href } : { fault: 'data' };
}

/** Latin letters as written: what a browser would read otherwise, or shows in another alphabet, is a disguise. */
function hostIsPlain(href: string, { hostname }: URL): boolean {
  const written = /^https?:\/\/([^/?#\\]*)/i.exec(href)?.[1]?.replace(/:\d*$/, '').toLowerCase();
  // Programs disagree about what a backslash parts.
  if (href.includes('\\') || written !== hostname || hostname.length > HOST_UNITS_MAX) return false;
  return hostname
    .split('.')
    .every((label) => !label.startsWith('xn--') && label.length <= LABEL_UNITS_MAX && !isEncoded(label));
}

/** The host that the text of a link names, where it is an address. */
function hostIn(shown: string): string | null {
  // As it is read: what nobody sees, and letters of another width, make no other name.
  const read = shown
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('。', '.');
  const found = /^\s*(?:https?:\/\/)?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?::\d{1,5})?(?:[/?#]\S*)?\s*$/i.exec(
    read,
  );
  // `report.pdf` is the name of a file.
  if (
    !found ||
    (!/^\s*https?:/i.test(read) &&
      /\.(?:pdf|docx?|xlsx?|pptx?|md|txt|csv|html?|js|ts|py|sh|zip)$/i.test(read.trim()))
  )
    return null;
  return bare(found[1] ?? '');
}

const bare = (host: string): string => host.toLowerCase().replace(/^www\./, '');

function carriesData(url: URL, said: string): boolean {
  if (url.pathname.length + url.search.length + url.hash.length > LINK_UNITS_MAX) return true;
  const values = [...url.searchParams].flat();
  const fragment = decoded(url.hash.slice(1));
  const segments = url.pathname.split('/').map(decoded);
  return (
    [...values, fragment].some((value) => isTelling(value, VALUE_WORDS_MAX) || quotes(value, said)) ||
    segments.some(
      (value) => isEncoded(value) || MAIL.test(value) || wordsOf(value).length > SEGMENT_WORDS_MAX,
    )
  );
}

function isTelling(value: string, words: number): boolean {
  return (
    value.length > VALUE_UNITS_MAX ||
    isEncoded(value) ||
    MAIL.test(value) ||
    wordsOf(value).length > words ||
    (value.match(/\p{Script=Han}/gu)?.length ?? 0) > VALUE_HAN_MAX
  );
}

/** A number of the answer, such as a salary, in the query: unless the link itself is called by it, or it is a year. */
function carriesNumber({ search, hash }: URL, shown: string, said: string): boolean {
  const own = numbersIn(shown);
  const known = numbersIn(said);
  return [...numbersIn(decoded(search + hash))].some((number) => known.has(number) && !own.has(number));
}

const numbersIn = (text: string): Set<string> =>
  new Set(
    (text.match(/\d[\d,.' ]{2,30}\d/g) ?? [])
      .map((number) => number.replace(/\D/g, ''))
      .filter((number) => number.length > 3 && !/^(?:19|20)\d\d$/.test(number)),
  );

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Four words in a row that the answer says as well, or what it says in as many Chinese characters. */
function quotes(value: string, said: string): boolean {
  const words = wordsOf(value);
  if (words.length < SAID_WORDS) return false;
  const text = ` ${wordsOf(said).join(' ')} `;
  for (let at = 0; at + SAID_WORDS <= words.length; at++)
    if (text.includes(` ${words.slice(at, at + SAID_WORDS).join(' ')} `)) return true;
  return false;
}

/** Letters and digits as encodings mix them: long, without the look of words. */
function isEncoded(text: string): boolean {
  for (const [run] of text.matchAll(/[\w+/=~%-]{24,}/g)) {
    if (UUID.test(run)) continue;
    const packed = run.replace(/[-_/]/g, '');
    if (packed.length < ENCODED_MIN) continue;
    if (/^[\da-f]+$/i.test(packed) && /\d/.test(packed)) return true;
    // A slug has its words between hyphens; an encoding changes case and kind within them.
    const changes = run.match(/[a-z][A-Z\d]|\d[A-Za-z]|[A-Z]{2}[a-z]/g)?.length ?? 0;
    if (changes * 6 >= packed.length) return true;
    if (run.split(/[-_/]/).some((word) => /^[A-Za-z\d]{28,}$/.test(word))) return true;
  }
  return false;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}
