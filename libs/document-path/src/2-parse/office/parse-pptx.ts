import { dominantLanguage } from '@lorekeep/kit/text';
import { UnreadableDocument } from '../../document-path.errors.js';
import { cleanLine, cleanText } from '../formats/clean-text.js';
import { childOf, descendants, elementsOf, textOf, type XmlElement } from '../formats/read-xml.js';
import type { Budget } from '../packed/budget.js';
import { HiddenTexts } from '../hidden-text.js';
import type { Block, ParsedDocument, ParseRequest } from '../parsed-document.js';
import { noteComments, noteProperties } from './note-hidden-parts.js';
import { takeOutUnseen, textOfParagraph, type SlideSize } from './take-out-unseen.js';
import { officeTitle } from './office-title.js';
import { OfficeParts, type OfficeKind } from './unpack-office.js';

const PPTX: OfficeKind = {
  extension: 'pptx',
  called: 'PowerPoint presentation',
  main: 'ppt/presentation.xml',
  needed:
    /^(?:\[Content_Types\]\.xml|docProps\/(?:core|custom)\.xml|ppt\/(?:_rels\/)?presentation\.xml(?:\.rels)?|ppt\/(?:slides|notesSlides|diagrams|comments)\/(?:_rels\/)?[\w.-]{1,100}\.(?:xml|rels))$/,
};
/** Placeholders that repeat the same on every slide. */
const FURNITURE = new Set(['dt', 'ftr', 'sldNum', 'hdr', 'sldImg']);

/** Slides as pages: titles as headings, text, tables and diagrams in the order of the slide, then the speaker's notes. */
export async function parsePptx({ content, limits }: ParseRequest, budget: Budget): Promise<ParsedDocument> {
  const parts = await OfficeParts.unpack(content, PPTX, budget);
  const slides = slidesOf(parts);
  if (slides.length > limits.DOCUMENT_MAX_PAGES) {
    const detail = `It has ${slides.length}; the limit is ${limits.DOCUMENT_MAX_PAGES}.`;
    throw new UnreadableDocument('DOCUMENT_TOO_MANY_PAGES', detail);
  }
  const blocks: Block[] = [];
  let hidden = 0;
  let unreadable = 0;
  const unseen = new HiddenTexts();
  noteComments(parts, /^ppt\/comments\/\w{1,100}\.xml$/, unseen);
  noteProperties(parts, unseen);
  const size = slideSize(parts);
  slides.forEach((name, at) => {
    const root = name ? parts.xml(name) : null;
    const slide = root && childOf(root, 'sld');
    if (!name || !slide) unreadable++;
    else if (isFalse(slide.attributes['show'])) {
      hidden++;
      for (const paragraph of descendants(slide, 'p'))
        unseen.add('slide', textOfParagraph(paragraph), { page: at + 1 });
    } else {
      const shown = takeOutUnseen(slide, size, at + 1, unseen);
      blocks.push(...new SlideReader(parts, name, at + 1).read(shown));
    }
  });
  if (slides.length > 0 && unreadable === slides.length) throw new UnreadableDocument('DOCUMENT_DAMAGED');
  const first = blocks.find((block) => block.kind === 'heading');
  const notes = [
    ...(hidden > 0 ? [`${hidden} of ${slides.length} slides are hidden and were left out.`] : []),
    ...(unreadable > 0 ? [`${unreadable} of ${slides.length} slides are damaged and were left out.`] : []),
  ];
  return {
    title: officeTitle(parts) ?? (first?.kind === 'heading' ? first.text : null),
    pages: slides.length,
    blocks,
    notes,
    hidden: unseen.all,
  };
}

function slideSize(parts: OfficeParts): SlideSize {
  const found = childOf(childOf(parts.xml(PPTX.main) ?? undefined, 'presentation'), 'sldSz');
  return { width: Number(found?.attributes['cx']) || 0, height: Number(found?.attributes['cy']) || 0 };
}

const isFalse = (value: string | undefined): boolean => value === '0' || value === 'false';

/** Names of the slides' parts in the order of the presentation; empty for one that is not there. */
function slidesOf(parts: OfficeParts): string[] {
  const targets = parts.targets(PPTX.main);
  const presentation = childOf(parts.xml(PPTX.main) ?? undefined, 'presentation');
  const list = childOf(presentation, 'sldIdLst');
  return (list ? elementsOf(list) : []).map(({ attributes }) => {
    const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
    return targets.get(id) ?? '';
  });
}

class SlideReader {
  private readonly targets: Map<string, string>;
  private readonly blocks: Block[] = [];
  private title = '';

  constructor(
    private readonly parts: OfficeParts,
    name: string,
    private readonly page: number,
  ) {
    this.targets = parts.targets(name);
  }

  read(slide: XmlElement): Block[] {
    const tree = childOf(childOf(slide, 'cSld'), 'spTree');
    if (tree) this.readShapes(tree);
    const heading: Block[] =
      this.title === '' ? [] : [{ kind: 'heading', level: 1, text: this.title, page: this.page }];
    return [...heading, ...this.blocks, ...this.notes()];
  }

  private readShapes(tree: XmlElement): void {
    for (const shape of elementsOf(tree)) {
      if (shape.name === 'sp') this.readShape(shape);
      else if (shape.name === 'grpSp') this.readShapes(shape);
      else if (shape.name === 'graphicFrame') this.readFrame(shape);
      else if (shape.name === 'AlternateContent') {
        const chosen = childOf(shape, 'Choice') ?? childOf(shape, 'Fallback');
        if (chosen) this.readShapes(chosen);
      }
    }
  }

  private readShape(shape: XmlElement): void {
    const properties = elementsOf(shape).find(({ name }) => name.startsWith('nv'));
    if (childOf(properties, 'cNvPr')?.attributes['hidden'] === '1') return;
    const place = childOf(childOf(properties, 'nvPr'), 'ph');
    const type = place ? (place.attributes['type'] ?? 'obj') : '';
    if (FURNITURE.has(type)) return;
    const lines = linesOf(childOf(shape, 'txBody'));
    if (lines.length === 0) return;
    if ((type === 'title' || type === 'ctrTitle') && this.title === '') {
      this.title = cleanLine(lines.map(({ text }) => text).join(' '));
      return;
    }
    const listed = lines.length > 1 && (type === 'body' || type === 'obj');
    for (const { text, level } of lines) {
      if (listed || level > 0) this.add('item', `${'  '.repeat(level)}- ${text}`);
      else this.add('paragraph', text);
    }
  }

  private readFrame(frame: XmlElement): void {
    for (const table of descendants(frame, 'tbl')) {
      const rows = elementsOf(table).filter(({ name }) => name === 'tr');
      const cells = rows.map((row) =>
        elementsOf(row)
          .filter(({ name }) => name === 'tc')
          .map(cellText),
      );
      if (cells.some((row) => row.some((cell) => cell !== '')))
        this.blocks.push({ kind: 'table', rows: cells, head: cells.length > 1, page: this.page });
    }
    for (const { attributes } of descendants(frame, 'relIds')) {
      const data = Object.entries(attributes).find(([name]) => name.endsWith(':dm'))?.[1] ?? '';
      const model = this.parts.xml(this.targets.get(data) ?? '');
      for (const point of model ? descendants(model, 'pt') : [])
        for (const { text } of linesOf(childOf(point, 't'))) this.add('item', `- ${text}`);
    }
  }

  private notes(): Block[] {
    const name = [...this.targets.values()].find((target) => target.startsWith('ppt/notesSlides/'));
    const root = name ? this.parts.xml(name) : null;
    const texts: string[] = [];
    for (const shape of root ? descendants(root, 'sp') : []) {
      const [place] = descendants(shape, 'ph');
      if (place?.attributes['type'] !== 'body') continue;
      texts.push(...linesOf(childOf(shape, 'txBody')).map(({ text }) => text));
    }
    if (texts.length === 0) return [];
    const text = texts.join('\n');
    const label = dominantLanguage(text) === 'zh' ? '备注：' : 'Notes: ';
    return [{ kind: 'paragraph', text: label + text, page: this.page }];
  }

  private add(kind: 'paragraph' | 'item', text: string): void {
    this.blocks.push({ kind, text, page: this.page });
  }
}

/** Paragraphs of a text body that hold text; a break within one is a line break. */
function linesOf(body: XmlElement | undefined): { text: string; level: number }[] {
  const paragraphs = body ? elementsOf(body).filter(({ name }) => name === 'p') : [];
  return paragraphs.flatMap((paragraph) => {
    const level = Number(childOf(paragraph, 'pPr')?.attributes['lvl'] ?? 0) || 0;
    const text = cleanText(
      elementsOf(paragraph)
        .map((run) => (run.name === 'br' ? '\n' : textOf(childOf(run, 't'))))
        .join(''),
    ).trim();
    return text === '' ? [] : [{ text, level: Math.min(level, 8) }];
  });
}

/** A cell that another one spans holds nothing of its own. */
const cellText = (cell: XmlElement): string =>
  cleanLine(
    linesOf(childOf(cell, 'txBody'))
      .map(({ text }) => text)
      .join(' '),
  );
