import type { Citation } from '@lorekeep/contracts';
import type { Found } from './4-retrieval/find-passages.step.js';
import type { ScanAnswer } from './6-scanner/scan-answer.step.js';
import type { FoundPassage } from './ports.js';

/** What a chip shows before it is opened, in UTF-16 units. */
const EXCERPT = 240;

/** What an answer is made of, as the scanner left it. */
export interface Sources {
  /** The passages for the model, and a suggestion as it may be shown. */
  readonly found: Found;
  readonly citations: Citation[];
}

/**
 * The sources of an answer, numbered as the model cites them; what is shown of them is scanned like the answer. One
 * that has what stops answers anywhere in it is left out, for the model too: the answer would stop with it.
 */
export function citePassages(found: Found, scan: ScanAnswer): Sources {
  const passages: FoundPassage[] = [];
  const citations: Citation[] = [];
  const scannedOut: string[] = [];
  for (const passage of found.passages) {
    const citation = cite(passage, citations.length, scan);
    if (citation) {
      passages.push(passage);
      citations.push(citation);
    } else scannedOut.push(passage.id);
  }
  const { suggestion: suggested, ...rest } = found;
  const [suggestion] = (suggested && scan.source([{ channel: 'suggestion', text: suggested }])) || [];
  return { found: { ...rest, passages, scannedOut, ...(suggestion && { suggestion }) }, citations };
}

function cite(passage: FoundPassage, index: number, scan: ScanAnswer): Citation | null {
  const part = (name: string, text: string) => ({ channel: `citation:${index}:${name}`, text });
  const shown = scan.source([
    part('title', passage.title),
    part('heading', passage.heading),
    part('collection', passage.collection),
    { ...part('excerpt', passage.content.replace(/\s+/gu, ' ').trim()), shown: EXCERPT },
  ]);
  if (!shown) return null;
  const [title = '', heading = '', collection = '', content = ''] = shown;
  return {
    number: index + 1,
    passageId: passage.id,
    documentId: passage.documentId,
    title,
    heading,
    page: passage.page,
    collection,
    excerpt: excerptOf(content),
  };
}

function excerptOf(content: string): string {
  return content.length <= EXCERPT ? content : `${content.slice(0, EXCERPT).toWellFormed().trimEnd()}…`;
}
