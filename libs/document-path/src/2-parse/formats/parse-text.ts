import type { Block, ParsedDocument } from '../parsed-document.js';
import { cleanText } from './clean-text.js';
import { decodeText } from './decode-text.js';

const UNDERLINE = /^(?:={3,}|-{3,})$/;

/** Plain text: paragraphs between blank lines; an underlined line is a heading. */
export function parseText(content: Uint8Array): ParsedDocument {
  const blocks: Block[] = [];
  for (const part of cleanText(decodeText(content)).split(/\n[\t ]*\n+/)) {
    const lines = part.split('\n').map((line) => line.trimEnd());
    const [first = '', second = ''] = lines;
    if (lines.length >= 2 && UNDERLINE.test(second) && first.trim() !== '') {
      blocks.push({ kind: 'heading', level: second.startsWith('=') ? 1 : 2, text: first.trim(), page: null });
      lines.splice(0, 2);
    }
    const text = lines.join('\n').trim();
    if (text !== '') blocks.push({ kind: 'paragraph', text, page: null });
  }
  return { title: null, pages: null, blocks };
}
