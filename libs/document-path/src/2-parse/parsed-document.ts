import type { Format } from '../1-accept/sniff-format.js';
import type { HiddenText } from './hidden-text.js';

/** A piece of a document in reading order. Text is NFC or NFKC, without NUL and lone surrogates. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly page: number | null }
  | { readonly kind: 'paragraph' | 'item' | 'code'; readonly text: string; readonly page: number | null }
  /** Rows of cells; the first row is the head where `head` is true. */
  | {
      readonly kind: 'table';
      readonly rows: readonly (readonly string[])[];
      readonly head: boolean;
      readonly page: number | null;
    };

export interface ParsedDocument {
  /** The document's own title, where it has one. */
  readonly title: string | null;
  /** Pages or slides. */
  readonly pages: number | null;
  readonly blocks: readonly Block[];
  /** What was left out, in sentences: pages without text, hidden sheets, attachments that cannot be read. */
  readonly notes?: readonly string[];
  /** What a reader does not see; never indexed, but looked at with more suspicion than what is seen. */
  readonly hidden?: readonly HiddenText[];
}

export interface ParseLimits {
  readonly DOCUMENT_MAX_UNPACKED_BYTES: number;
  readonly DOCUMENT_MAX_ENTRIES: number;
  readonly DOCUMENT_MAX_LEVELS: number;
  readonly DOCUMENT_MAX_PAGES: number;
  readonly DOCUMENT_MAX_CHARACTERS: number;
}

export interface ParseRequest {
  readonly format: Format;
  readonly content: Uint8Array;
  readonly limits: ParseLimits;
}
