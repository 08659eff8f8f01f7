import { UnreadableDocument, type DocumentCode } from '../../document-path.errors.js';
import type { Block, ParsedDocument, ParseRequest } from '../parsed-document.js';
import type { Budget } from './budget.js';
import { InnerFiles, type ReadFormat } from './read-inner.js';
import { PackedFile } from './packed-file.js';

/** A path longer than this would not fit above a passage. */
export const ENTRY_PATH_MAX = 250;
const HARMFUL: ReadonlySet<DocumentCode> = new Set([
  'DOCUMENT_CONTAINS_ITSELF',
  'DOCUMENT_HOSTILE',
  'DOCUMENT_UNPACKS_TOO_LARGE',
]);
const REASONS_MAX = 4;
/** What systems leave in archives without anybody's asking. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

/**
 * The files of a ZIP as sections under their paths. What cannot be read is listed at the end; a ZIP in which nothing
 * can be read is refused, with the reason of its files where they share one.
 */
export async function parseZip(
  { content, limits }: ParseRequest,
  budget: Budget,
  readFormat: ReadFormat,
): Promise<ParsedDocument> {
  const inside = budget.within(content);
  const packed = await PackedFile.of(content, budget.entries);
  inside.takeEntries(packed.entries.length);
  const files = new InnerFiles(limits, inside, readFormat);
  for (const entry of packed.entries) {
    const path = entry.name.replaceAll('\\', '/');
    if (entry.directory || LITTER.test(path)) continue;
    if (!staysWithin(path)) files.leaveOut(shown(path), { code: 'DOCUMENT_PATH_INVALID' });
    else await files.add({ path, content: () => packed.unpack(entry, inside) });
  }
  if (files.read === 0) throw nothingReadable(files);
  return {
    title: null,
    pages: null,
    blocks: [...files.blocks, ...unreadSection(files)],
    notes: [...countOf(files), ...notesOf(files)],
    hidden: files.hidden,
  };
}

const staysWithin = (path: string): boolean =>
  path.length <= ENTRY_PATH_MAX &&
  !/^(?:\/|[a-z]:)|\0/i.test(path) &&
  !path.split('/').some((part) => part === '..');

const shown = (path: string): string =>
  path.length <= ENTRY_PATH_MAX ? path : `${path.slice(0, ENTRY_PATH_MAX)}…`;

function nothingReadable({ unread }: InnerFiles): UnreadableDocument {
  const [first] = unread;
  if (!first) return new UnreadableDocument('DOCUMENT_NO_TEXT');
  const codes = new Set(unread.map(({ code }) => code));
  if (codes.size === 1 && first.code !== 'DOCUMENT_TYPE_UNSUPPORTED')
    return new UnreadableDocument(first.code);
  // What was made to do harm is said before what is only of no use.
  const harmful = unread.filter(({ code }) => HARMFUL.has(code));
  const reasons = new Set([...harmful, ...unread].slice(0, REASONS_MAX).map(({ reason }) => reason));
  return new UnreadableDocument('DOCUMENT_NOTHING_READABLE', [...reasons].join(' '));
}

/** How many there were, where some are missing. */
const countOf = ({ read, unread }: InnerFiles): string[] =>
  unread.length === 0 ? [] : [`${read} of ${read + unread.length} files were read.`];

/** What could not be read, as the last section of the document, so that nobody takes it for complete. */
export function unreadSection(files: InnerFiles): Block[] {
  const lines = files.unreadNotes();
  if (lines.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'Not read', page: null },
    ...lines.map((text): Block => ({ kind: 'item', text: `- ${text}`, page: null })),
  ];
}

export const notesOf = (files: InnerFiles): string[] => [...files.notes, ...files.unreadNotes()];
