import { colourOf, isWhite, sameColour, type Colour } from '../colours.js';
import { textOf, readXml } from '../formats/read-xml.js';
import type { HiddenTexts, HiddenWhy } from '../hidden-text.js';

/** What is tracked; everything else passes. */
const TAG = /<(\/?)w:(tbl|trPr|tr|tcPr|tc|tblPr|txbxContent|p|r|delText|background)(?=[\s/>])[^>]*>/g;
const RUN_END = '</w:r>';
/** Hidden, and not `w:val="0"`, which says that it is not. */
const VANISHED = /<w:(?:vanish|webHidden|specVanish)(?:\s*\/?>|\s+w:val="(?:1|true|on)")/;
const COLOUR = /<w:color\b[^>]{0,200}?\bw:val="([0-9a-fA-F]{6})"/;
const SIZE = /<w:sz\s[^>]{0,100}?w:val="(\d{1,4})"/;
const SHADE =
  /<w:shd\b[^>]{0,200}?\bw:fill="([0-9a-fA-F]{6})"|<w:(?:highlight)\b|<w:shd\b[^>]{0,200}themeFill=/;
/** The colour of paper by another name, where no value says what it is. */
const PAPER_COLOUR =
  /<w:color\b(?![^>]{0,200}\bw:val="[0-9a-fA-F]{6}")[^>]{0,200}?\bw:themeColor="(?:background1|light1)"/;
/** Effects of letters: no filling, or one through which all is seen. */
const CLEAR =
  /<w14:textFill[^>]{0,200}>\s*<w14:noFill|<w14:textFill[\s\S]{0,400}?<w14:alpha w14:val="(?:9[5-9]\d{3}|100000)"/;
const FILLED = /<w14:textFill[^>]{0,200}>\s*<w14:solidFill>\s*<w14:srgbClr w14:val="([0-9a-fA-F]{6})"/;
/** Letters of a hundredth of their width, in per cent. */
const WIDTH = /<w:w\s[^>]{0,100}?w:val="(\d{1,3})"/;
const NARROW_MAX = 5;
const OWN_GROUND =
  /<w:shd\b[^>]{0,200}?\bw:fill="([0-9a-fA-F]{6})"|<w:highlight\b[^>]{0,100}?w:val="(black|white)"/;
/** In half points: two points and less. */
const TINY_MAX = 4;
/** In twentieths of a point: rows and lines of two points and less, whatever stands in them. */
const LOW = /<w:(?:trHeight|spacing)\s[^>]{0,200}?(?:hRule|lineRule)="exact"/;
const HEIGHT = /<w:(?:trHeight\s[^>]{0,100}?w:val|spacing\s[^>]{0,200}?w:line)="(\d{1,5})"/;
const LOW_MAX = 40;
/** The mark of a row is hidden: some programs hide the row, others only where its text is hidden too. */
const HIDDEN_ROW = /<w:hidden(?:\s*\/?>|\s+w:val="(?:1|true|on)")/;

interface Look {
  readonly why: HiddenWhy | null;
  readonly shaded: boolean;
  /** The colour of its shading, where it is known. */
  readonly ground?: Colour | null;
  /** Without height. */
  readonly low?: boolean;
}

/** One table, row, cell or text box that is open. */
interface Around {
  readonly kind: 'tbl' | 'tr' | 'tc' | 'txbxContent';
  shaded: boolean;
  ground?: Colour | null;
  /** Without height. */
  low?: boolean;
  /** Its mark is hidden. */
  doubtful?: boolean;
  /** Its look may come from a style or a shape that is not read. */
  unsure: boolean;
}

/**
 * WordprocessingML without the runs that Word does not show: hidden, white on white, too small. Such text is how
 * instructions for a model are smuggled in; it is noted in `hidden`. What may stand on a dark ground stays, noted too.
 */
export function dropHiddenRuns(xml: string, styles: string, hidden: HiddenTexts): string {
  const looks = looksOfStyles(styles);
  const kept: string[] = [];
  const around: Around[] = [];
  let paragraph: Look & { start: number } = { why: null, shaded: false, start: 0 };
  let from = 0;
  let page = false;
  TAG.lastIndex = 0;
  for (let tag = TAG.exec(xml); tag; tag = TAG.exec(xml)) {
    const [whole, closing, name] = tag;
    const start = tag.index;
    if (name === 'background') page = true;
    else if (name === 'tbl' || name === 'tr' || name === 'tc' || name === 'txbxContent') {
      if (closing) around.pop();
      else if (!whole.endsWith('/>'))
        around.push({ kind: name, shaded: false, unsure: name === 'txbxContent' });
    } else if ((name === 'tcPr' || name === 'tblPr' || name === 'trPr') && !closing) {
      const properties = xml.slice(start, xml.indexOf(`</w:${name}>`, start) + 1 || start);
      const open = around.at(-1);
      if (open) readProperties(open, properties);
    } else if (name === 'p' && !closing) paragraph = { ...paragraphLook(xml, start, whole, looks), start };
    else if (name === 'delText' && !closing)
      hidden.add('deleted', xml.slice(start + whole.length, xml.indexOf('</', start)));
    else if (name === 'r' && !closing && !whole.endsWith('/>')) {
      const end = xml.indexOf(RUN_END, start);
      if (end < 0) break;
      const run = xml.slice(start, end + RUN_END.length);
      const look = runLook(run, whole.length, looks, withAround(paragraph, around));
      if (!look.why) {
        if (around.some(({ doubtful }) => doubtful)) hidden.add('not-displayed', textOfRun(run));
        continue;
      }
      const white = look.why === 'colour' && !look.ground;
      if (white && (page || look.shaded || paragraph.shaded || around.some(({ shaded }) => shaded))) continue;
      hidden.add(look.why, textOfRun(run));
      if (white && around.some(({ unsure }) => unsure)) continue;
      // A run that holds a text box with runs of its own is not cut in the middle.
      if (run.includes('<w:txbxContent')) continue;
      kept.push(xml.slice(from, start));
      from = end + RUN_END.length;
      TAG.lastIndex = from;
    }
  }
  kept.push(xml.slice(from));
  return kept.join('');
}

function readProperties(open: Around, properties: string): void {
  if (isShaded(properties)) open.shaded = true;
  open.ground ??= groundOf(properties);
  if (/<w:tblStyle\b/.test(properties)) open.unsure = true;
  if (open.kind !== 'tr') return;
  if (isLow(properties)) open.low = true;
  if (HIDDEN_ROW.test(properties)) open.doubtful = true;
}

/** The paragraph with the ground and the height of what is around it. */
const withAround = (paragraph: Look, around: readonly Around[]): Look => ({
  ...paragraph,
  low: paragraph.low === true || around.some(({ low }) => low),
  ground: paragraph.ground ?? around.findLast(({ ground }) => ground)?.ground ?? null,
});

function runLook(run: string, opened: number, styles: ReadonlyMap<string, Look>, paragraph: Look): Look {
  const own = /^\s*<w:rPr>/.test(run.slice(opened, opened + 40))
    ? run.slice(opened, Math.max(opened, run.indexOf('</w:rPr>')))
    : '';
  const named = styles.get(/<w:rStyle\s[^>]{0,100}?w:val="([^"]{1,250})"/.exec(own)?.[1] ?? '');
  const shaded = (isShaded(own) || named?.shaded === true) && !isLost(own);
  const why = whyOf(own) ?? (overrides(own) ? null : (named?.why ?? paragraph.why));
  if (paragraph.low && why !== 'not-displayed') return { why: 'tiny', shaded };
  const colour = OWN_GROUND.test(own) ? null : colourOf(COLOUR.exec(own)?.[1]);
  const lost = colour && paragraph.ground && sameColour(colour, paragraph.ground);
  return lost ? { why: why ?? 'colour', shaded, ground: paragraph.ground ?? null } : { why, shaded };
}

/** A run with a colour or a size of its own does not have those of its styles. */
const overrides = (properties: string): boolean =>
  /<w:(?:color|sz)\s|<w:vanish\s+w:val="(?:0|false|off)"/.test(properties);

function paragraphLook(xml: string, start: number, opened: string, styles: ReadonlyMap<string, Look>): Look {
  const at = start + opened.length;
  if (!/^\s*<w:pPr>/.test(xml.slice(at, at + 40))) return { why: null, shaded: false };
  const properties = xml.slice(at, xml.indexOf('</w:pPr>', at) + 1 || at);
  const named = styles.get(/<w:pStyle\s[^>]{0,100}?w:val="([^"]{1,250})"/.exec(properties)?.[1] ?? '');
  const own = properties.replace(/<w:rPr>[\s\S]*/, '');
  return {
    why: named?.why ?? null,
    shaded: isShaded(own) || named?.shaded === true,
    ground: groundOf(own),
    low: isLow(own),
  };
}

/** Styles whose text is not seen, by their id. */
function looksOfStyles(styles: string): Map<string, Look> {
  const looks = new Map<string, Look>();
  for (const style of styles.split('</w:style>')) {
    const id = /<w:style\b[^>]{0,300}?w:styleId="([^"]{1,250})"/.exec(style)?.[1];
    const why = /<w:style\b[^>]{0,300}?w:type="table"/.test(style) ? null : whyOf(style);
    if (id && why) looks.set(id, { why, shaded: isShaded(style) });
  }
  return looks;
}

function whyOf(properties: string): HiddenWhy | null {
  if (VANISHED.test(properties)) return 'not-displayed';
  const size = SIZE.exec(properties)?.[1];
  if (size !== undefined && Number(size) <= TINY_MAX) return 'tiny';
  const width = WIDTH.exec(properties)?.[1];
  if (width !== undefined && Number(width) <= NARROW_MAX) return 'tiny';
  if (CLEAR.test(properties)) return 'not-displayed';
  const colour = colourOf(FILLED.exec(properties)?.[1] ?? COLOUR.exec(properties)?.[1]);
  if (PAPER_COLOUR.test(properties) || isLost(properties)) return 'colour';
  return colour && isWhite(colour) ? 'colour' : null;
}

/** Letters in the colour that they themselves are marked with. */
function isLost(properties: string): boolean {
  const ground = OWN_GROUND.exec(properties);
  const colour = colourOf(COLOUR.exec(properties)?.[1]);
  const behind = colourOf(ground?.[1] ?? ground?.[2]);
  return colour !== null && behind !== null && sameColour(colour, behind);
}

function isShaded(properties: string): boolean {
  const found = SHADE.exec(properties);
  if (!found) return false;
  const fill = colourOf(found[1]);
  return !fill || !isWhite(fill);
}

const groundOf = (properties: string): Colour | null => colourOf(SHADE.exec(properties)?.[1]);

const isLow = (properties: string): boolean =>
  LOW.test(properties) && Number(HEIGHT.exec(properties)?.[1] ?? LOW_MAX + 1) <= LOW_MAX;

const textOfRun = (run: string): string => textOf(readXml(run.replace(/<w:(?:tab|br|cr)\b[^>]*>/g, ' ')));
