import type { Format } from '../1-accept/sniff-format.js';
import { parseContent } from '../2-parse/parse-content.js';
import type { ParsedDocument, ParseLimits } from '../2-parse/parsed-document.js';

/** Small enough for a spec to reach them. */
export const sampleLimits: ParseLimits = {
  DOCUMENT_MAX_UNPACKED_BYTES: 20_000_000,
  DOCUMENT_MAX_ENTRIES: 10,
  DOCUMENT_MAX_LEVELS: 2,
  DOCUMENT_MAX_PAGES: 3,
  DOCUMENT_MAX_CHARACTERS: 100_000,
};

export const parseSample = (
  format: Format,
  content: string | Uint8Array,
  limits: Partial<ParseLimits> = {},
): Promise<ParsedDocument> =>
  parseContent({
    format,
    content: typeof content === 'string' ? Buffer.from(content) : content,
    limits: { ...sampleLimits, ...limits },
  });

/** Blocks in short: `h1 Title`, `p text`, `i - item`, `c code`, `t a,b;1,2`; with the page in front where there is one. */
export const summaryOf = ({ blocks }: ParsedDocument): string[] =>
  blocks.map((block) => {
    const page = block.page === null ? '' : `${block.page}: `;
    if (block.kind === 'heading') return `${page}h${block.level} ${block.text}`;
    return block.kind === 'table'
      ? `${page}t ${block.rows.map((row) => row.join(',')).join(';')}`
      : `${page}${block.kind[0]} ${block.text}`;
  });

/** Hidden texts in short: `colour: p3: in Sheet: text`. */
export const hiddenOf = ({ hidden = [] }: ParsedDocument): string[] =>
  hidden.map(({ why, text, page, section }) =>
    [why, ...(page ? [`p${page}`] : []), ...(section ? [`in ${section}`] : []), text].join(': '),
  );
