import type { Block, ParsedDocument } from '../parsed-document.js';
import { cleanText } from './clean-text.js';
import { decodeText } from './decode-text.js';

const UNDERLINE = /^(?:={3,}|-{3,})$/;

/** Plain text: paragraphs between blank lines; an underlined line is a heading. */
export function parseText(content: Uint8Array): ParsedDocument {
  const blocks = paragraphsOf(cleanText(decodeText(content)));
  const [first] = blocks;
  // Only a text that begins with its heading is called by it.
  return { title: first?.kind === 'heading' && first.level === 1 ? first.text : null, pages: null, blocks };
}

/** Blocks of cleaned text. */
export function paragraphsOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const part of text.split(/\n[\t ]*\n+/)) {
    const lines = part.split('\n').map((line) => line.trimEnd());
    const [first = '', second = ''] = lines;
    if (lines.length >= 2 && UNDERLINE.test(second) && first.trim() !== '') {
      blocks.push({ kind: 'heading', level: second.startsWith('=') ? 1 : 2, text: first.trim(), page: null });
      lines.splice(0, 2);
    }
    const paragraph = lines.join('\n').trim();
    if (paragraph !== '') blocks.push({ kind: 'paragraph', text: paragraph, page: null });
  }
  return blocks;
}
