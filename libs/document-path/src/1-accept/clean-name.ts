export const FILE_NAME_MAX = 255;
const TITLE_MAX = 200;
/** Control characters and those that turn the direction of what follows, to make .exe look like .pdf. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The bare name of a file as a sender gave it: no folders, no control characters, one form of Unicode. Null: none left. */
export function cleanFileName(given: string): string | null {
  const bare = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = bare.replace(UNSEEN, '').trim();
  return clean === '' || clean === '.' || clean === '..' || clean.length > FILE_NAME_MAX ? null : clean;
}

/** A title on one line: the text's own where it has one, else the file's name without its ending. */
export function titleOf(fileName: string, own?: string | null): string {
  const line = (text: string): string => text.replace(/\s+/g, ' ').replace(UNSEEN, '').trim();
  const fromText = own ? line(own) : '';
  const title = fromText || line(fileName.replace(/\.[a-z0-9]{1,10}$/i, '')) || fileName;
  return title.length <= TITLE_MAX
    ? title
    : `${title.slice(0, TITLE_MAX - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
