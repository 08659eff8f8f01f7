import * as xlsx from '@e965/xlsx';
import { UnreadableDocument } from '../../document-path.errors.js';
import { cleanLine } from '../formats/clean-text.js';
import type { Budget } from '../packed/budget.js';
import { HiddenTexts } from '../hidden-text.js';
import type { Block, ParsedDocument, ParseRequest } from '../parsed-document.js';
import { noteComments, noteProperties } from './note-hidden-parts.js';
import { noteHiddenSheet, noteSheet } from './note-hidden-cells.js';
import { officeTitle } from './office-title.js';
import { readSheet } from './read-sheet.js';
import { CellLooks } from './unseen-cells.js';
import { OfficeParts, type OfficeKind } from './unpack-office.js';

const XLSX: OfficeKind = {
  extension: 'xlsx',
  called: 'Excel workbook',
  main: 'xl/workbook.xml',
  needed:
    /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/(?:core|custom)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/(?:worksheets\/|theme\/|threadedComments\/)?[\w.-]{1,100}\.xml)$/,
};
/** More than Excel's own rows is no sheet; what a library would make of it is not tried. */
const ROWS_MAX = 1_048_576;

/** Sheets as headings, their rows as tables; values as displayed, dates as ISO 8601, formulas by their last value. */
export async function parseXlsx({ content }: ParseRequest, budget: Budget): Promise<ParsedDocument> {
  const parts = await OfficeParts.unpack(content, XLSX, budget);
  const book = read(parts.pack());
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const blocks: Block[] = [];
  let hidden = 0;
  const unseen = new HiddenTexts();
  noteComments(parts, /^xl\/(?:threadedComments\/)?(?:comments|threadedComment)\w*\.xml$/, unseen);
  noteProperties(parts, unseen);
  const looks = new CellLooks(parts);
  looks.noteRuns(unseen);
  book.SheetNames.forEach((name, at) => {
    const sheet = book.Sheets[name] as xlsx.DenseWorkSheet | undefined;
    if ((book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0) {
      hidden++;
      if (sheet?.['!data']) noteHiddenSheet(sheet, name, unseen);
    } else if (sheet?.['!data']) {
      const cells = looks.cellsOf(name);
      noteSheet(sheet, name, unseen, cells);
      const found = readSheet(sheet, date1904, cells);
      if (found.length > 0) blocks.push({ kind: 'heading', level: 1, text: cleanLine(name), page: null });
      for (const block of found) blocks.push(block);
    }
  });
  const notes =
    hidden > 0 ? [`${hidden} of ${book.SheetNames.length} sheets are hidden and were left out.`] : [];
  return { title: officeTitle(parts), pages: null, blocks, notes, hidden: unseen.all };
}

function read(buffer: Buffer): xlsx.WorkBook {
  try {
    return xlsx.read(buffer, {
      type: 'buffer',
      dense: true,
      cellFormula: true,
      cellHTML: false,
      cellNF: true,
      cellText: true,
      cellStyles: true,
      sheetRows: ROWS_MAX,
      WTF: false,
    });
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
}
