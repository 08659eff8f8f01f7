import { sniffFormat } from '../../1-accept/sniff-format.js';
import { sentence, UnreadableDocument, type DocumentCode } from '../../document-path.errors.js';
import { cleanLine } from '../formats/clean-text.js';
import type { Block, ParsedDocument, ParseLimits, ParseRequest } from '../parsed-document.js';
import type { HiddenText } from '../hidden-text.js';
import type { Budget } from './budget.js';

/** Reads a file of a known format; given by the caller, because what is packed may be packed again. */
export type ReadFormat = (request: ParseRequest, budget: Budget) => Promise<ParsedDocument>;

export interface InnerFile {
  /** What people see of it: a path in an archive, the name of an attachment. */
  readonly path: string;
  readonly content: () => Uint8Array | Promise<Uint8Array>;
}

/** The longest list of files that could not be read. */
const UNREAD_NAMED_MAX = 50;

/** The files within a file, each as a section under its path; those that cannot be read are listed at the end. */
export class InnerFiles {
  readonly blocks: Block[] = [];
  readonly notes: string[] = [];
  readonly hidden: HiddenText[] = [];
  /** Path and reason of what could not be read. */
  readonly unread: { path: string; code: DocumentCode; reason: string }[] = [];
  read = 0;
  private characters = 0;

  constructor(
    private readonly limits: ParseLimits,
    private readonly budget: Budget,
    private readonly readFormat: ReadFormat,
  ) {}

  /** Throws UnreadableDocument only for what concerns the whole: more text than the limit. */
  async add({ path, content }: InnerFile): Promise<void> {
    let parsed: ParsedDocument;
    try {
      const bytes = await content();
      const sniffed = sniffFormat(path, bytes);
      if ('code' in sniffed) throw new UnreadableDocument(sniffed.code, sniffed.detail);
      parsed = await this.readFormat(
        { format: sniffed.format, content: bytes, limits: this.limits },
        this.budget,
      );
    } catch (cause) {
      if (!(cause instanceof UnreadableDocument)) throw cause;
      this.leaveOut(path, cause);
      return;
    }
    this.read++;
    for (const note of parsed.notes ?? []) this.notes.push(`${cleanLine(path)}: ${note}`);
    const place = cleanLine(path);
    for (const one of parsed.hidden ?? [])
      this.hidden.push({ ...one, section: one.section ? `${place} / ${one.section}` : place });
    for (const block of section(path, parsed)) {
      this.characters += lengthOf(block);
      if (this.characters > this.limits.DOCUMENT_MAX_CHARACTERS)
        throw new UnreadableDocument('DOCUMENT_TOO_MUCH_TEXT');
      this.blocks.push(block);
    }
  }

  leaveOut(path: string, { code, detail }: { code: DocumentCode; detail?: string | undefined }): void {
    // Inside, the list of all that is supported says too much.
    const reason =
      code === 'DOCUMENT_TYPE_UNSUPPORTED' ? 'This kind of file is not supported.' : sentence(code, detail);
    this.unread.push({ path: cleanLine(path), code, reason });
  }

  /** One note for all that could not be read, with their number; empty when there is none. */
  unreadNotes(): string[] {
    const named = this.unread.slice(0, UNREAD_NAMED_MAX).map(({ path, reason }) => `${path}: ${reason}`);
    const more = this.unread.length - named.length;
    return more > 0 ? [...named, `${more} more files could not be read.`] : named;
  }
}

/** The file's blocks one level further down, under its path and, where it has one of its own, its title. */
function section(path: string, { title, blocks }: ParsedDocument): Block[] {
  const name = cleanLine(path);
  const known = !title || blocks.some((block) => block.kind === 'heading' && block.text === title);
  const headings: Block[] = [{ kind: 'heading', level: 1, text: name, page: null }];
  if (title && !known && title !== name)
    headings.push({ kind: 'heading', level: 2, text: title, page: null });
  const down = headings.length;
  return [
    ...headings,
    ...blocks.map((block) => (block.kind === 'heading' ? { ...block, level: block.level + down } : block)),
  ];
}

/** Characters of a block. */
export const lengthOf = (block: Block): number =>
  block.kind === 'table'
    ? block.rows.reduce((sum, row) => sum + row.reduce((width, cell) => width + cell.length, 0), 0)
    : block.text.length;
