import type { Citation } from '@lorekeep/contracts';
import type { ScanAnswer } from './6-scanner/scan-answer.step.js';
import type { FoundPassage } from './ports.js';

/** What a chip shows before it is opened, in UTF-16 units. */
const EXCERPT = 240;

/** The sources of an answer, numbered as the model cites them; what is shown of them is scanned like the answer. */
export function citePassages(passages: readonly FoundPassage[], scan: ScanAnswer): Citation[] {
  return passages.map((passage, index) => ({
    number: index + 1,
    passageId: passage.id,
    documentId: passage.documentId,
    title: scan.mask(`citation:${index}:title`, passage.title),
    heading: scan.mask(`citation:${index}:heading`, passage.heading),
    page: passage.page,
    collection: scan.mask(`citation:${index}:collection`, passage.collection),
    excerpt: scan.mask(`citation:${index}:excerpt`, excerptOf(passage.content)),
  }));
}

function excerptOf(content: string): string {
  const flat = content.replace(/\s+/gu, ' ').trim();
  return flat.length <= EXCERPT ? flat : `${flat.slice(0, EXCERPT).toWellFormed().trimEnd()}…`;
}
