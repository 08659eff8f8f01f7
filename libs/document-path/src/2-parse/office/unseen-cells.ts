import { colourOf, PAPER, sameColour, type Colour } from '../colours.js';
import { childOf, descendants, elementsOf, readXml, textOf, type XmlElement } from '../formats/read-xml.js';
import type { HiddenTexts, HiddenWhy } from '../hidden-text.js';
import type { OfficeParts } from './unpack-office.js';

/** In points: nobody reads smaller letters. */
const TINY_MAX = 2;
/** Of the 64 indexed colours, those that are white (ECMA-376 part 1, 18.8.27); 65 is the ground of windows. */
const WHITE_INDEXES = new Set(['1', '9', '65']);
const BLACK_INDEXES = new Set(['0', '8', '64']);
const ROW_OR_CELL = /<(?:\w{1,20}:)?(row|c)(?=[\s/>])([^<>]{0,1000})>/g;
/** What may put a ground behind cells that their own style does not tell of. */
const OTHER_GROUND = /<(?:\w{1,20}:)?(?:tablePart|conditionalFormatting|picture)[\s/>]/;

/** Cells of one sheet whose text has the colour of its ground, or is too small. */
export interface UnseenCells {
  why(row: number, column: number): HiddenWhy | undefined;
  /** A table's style or a condition may put another ground behind them: they stay, noted too. */
  readonly unsure: boolean;
}

/** SpreadsheetML's looks of cells, by the number that cells give. */
export class CellLooks {
  private readonly theme: (Colour | null)[];
  private readonly looks: (HiddenWhy | undefined)[];

  constructor(private readonly parts: OfficeParts) {
    this.theme = themeOf(parts.xml('xl/theme/theme1.xml'));
    const root = parts.xml('xl/styles.xml');
    const sheet = root ? childOf(root, 'styleSheet') : undefined;
    const fonts = partsOf(sheet, 'fonts').map((font) => this.lookOfFont(font));
    const fills = partsOf(sheet, 'fills').map((fill) => this.fillOf(fill));
    this.looks = partsOf(sheet, 'cellXfs').map(({ attributes }) => {
      const font = fonts[Number(attributes['fontId'] ?? 0)];
      if (font?.tiny) return 'tiny';
      const ground = fills[Number(attributes['fillId'] ?? 0)] ?? null;
      return font?.colour && ground && sameColour(font.colour, ground) ? 'colour' : undefined;
    });
  }

  /** Cells of a sheet by its name. */
  cellsOf(name: string): UnseenCells {
    const xml = this.looks.some(Boolean) ? this.parts.text(this.partOf(name)) : '';
    const found = new Map<string, HiddenWhy>();
    let [row, column] = [-1, -1];
    for (const [, kind, attributes = ''] of xml.matchAll(ROW_OR_CELL)) {
      const place = /(?:^|\s)r="([A-Z]{0,3})(\d{1,7})"/.exec(attributes);
      if (kind === 'row') {
        [row, column] = [place ? Number(place[2]) - 1 : row + 1, -1];
        continue;
      }
      column = place?.[1] ? columnOf(place[1]) : column + 1;
      const look = this.looks[Number(/(?:^|\s)s="(\d{1,6})"/.exec(attributes)?.[1] ?? 0)];
      if (look) found.set(`${place?.[1] ? Number(place[2]) - 1 : row} ${column}`, look);
    }
    return { why: (at, of) => found.get(`${at} ${of}`), unsure: OTHER_GROUND.test(xml) };
  }

  /** Runs within cells that are white or tiny; what is behind them is the cell's, so they stay, noted too. */
  noteRuns(hidden: HiddenTexts): void {
    for (const name of this.parts.names()) {
      if (!/^xl\/(?:sharedStrings\.xml|worksheets\/)/.test(name)) continue;
      const xml = this.parts.text(name);
      if (!/<(?:\w{1,20}:)?rPr[\s>]/.test(xml)) continue;
      for (const run of descendants(readXml(xml), 'r')) {
        const look = this.lookOfFont(childOf(run, 'rPr'));
        if (look.tiny) hidden.add('tiny', textOf(childOf(run, 't')));
        else if (look.colour && sameColour(look.colour, PAPER))
          hidden.add('colour', textOf(childOf(run, 't')));
      }
    }
  }

  private partOf(name: string): string {
    const sheets = this.parts.xml('xl/workbook.xml');
    for (const { attributes } of sheets ? descendants(sheets, 'sheet') : []) {
      if (attributes['name'] !== name) continue;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      return this.parts.targets('xl/workbook.xml').get(id) ?? '';
    }
    return '';
  }

  private lookOfFont(font: XmlElement | undefined): { colour: Colour | null; tiny: boolean } {
    const size = Number(childOf(font, 'sz')?.attributes['val'] ?? NaN);
    return { colour: this.colourOf(childOf(font, 'color')), tiny: size <= TINY_MAX };
  }

  /** Null: a pattern, a gradient, a colour that is not known. */
  private fillOf(fill: XmlElement): Colour | null {
    const pattern = childOf(fill, 'patternFill');
    const type = pattern?.attributes['patternType'] ?? 'none';
    if (pattern && type === 'none') return PAPER;
    return type === 'solid' ? this.colourOf(childOf(pattern, 'fgColor')) : null;
  }

  private colourOf(element: XmlElement | undefined): Colour | null {
    const { rgb, theme, indexed, tint } = element?.attributes ?? {};
    const named =
      indexed && WHITE_INDEXES.has(indexed) ? 'white' : BLACK_INDEXES.has(indexed ?? '') ? 'black' : '';
    const plain =
      theme === undefined ? colourOf(rgb?.slice(-6) ?? named) : (this.theme[Number(theme)] ?? null);
    const by = Number(tint ?? 0);
    if (!plain || !by) return plain;
    const tinted = (part: number): number => (by < 0 ? part * (1 + by) : part + (255 - part) * by);
    return [tinted(plain[0]), tinted(plain[1]), tinted(plain[2])];
  }
}

const partsOf = (sheet: XmlElement | undefined, name: string): XmlElement[] => {
  const list = childOf(sheet, name);
  return list ? elementsOf(list) : [];
};

/** Colours in the order in which cells number them: light before dark, as Excel has it. */
function themeOf(root: XmlElement | null): (Colour | null)[] {
  const [scheme] = root ? descendants(root, 'clrScheme') : [];
  const colours = (scheme ? elementsOf(scheme) : []).map((entry) => {
    const [colour] = elementsOf(entry);
    return colourOf(colour?.attributes['lastClr'] ?? colour?.attributes['val']);
  });
  const [dark = [0, 0, 0] as const, light = PAPER, dark2 = null, light2 = null, ...accents] = colours;
  return [light, dark, light2, dark2, ...accents];
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
