import * as xlsx from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';

const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const A = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const P = 'http://schemas.openxmlformats.org/presentationml/2006/main';

/** A workbook of the given sheets; `prepare` may hide, merge and format before it is written. */
export function xlsxOf(
  sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>,
  prepare: (book: xlsx.WorkBook) => void = () => undefined,
): Buffer {
  const book = xlsx.utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  prepare(book);
  return xlsx.write(book, { type: 'buffer', bookType: 'xlsx', cellStyles: true }) as Buffer;
}

export interface SampleSlide {
  readonly title?: string;
  readonly body?: readonly string[];
  readonly table?: readonly (readonly string[])[];
  readonly notes?: string;
  readonly hidden?: boolean;
}

/** A presentation with the least that makes one; further parts replace or join the usual ones. */
export function pptxOf(slides: readonly SampleSlide[], title = '', parts: Zippable = {}): Buffer {
  const files: Zippable = {
    '[Content_Types].xml': strToU8('<Types/>'),
    'ppt/presentation.xml': strToU8(
      `<p:presentation xmlns:p="${P}" xmlns:r="${R}"><p:sldIdLst>${slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="s${at}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    ),
    'ppt/_rels/presentation.xml.rels': relations(
      slides.map((_, at) => [`s${at}`, `slides/slide${at + 1}.xml`]),
    ),
    'docProps/core.xml': strToU8(
      `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>${title}</dc:title></cp:coreProperties>`,
    ),
  };
  slides.forEach((slide, at) => {
    files[`ppt/slides/slide${at + 1}.xml`] = strToU8(slideXml(slide));
    if (!slide.notes) return;
    files[`ppt/slides/_rels/slide${at + 1}.xml.rels`] = relations([
      ['n', `../notesSlides/notes${at + 1}.xml`],
    ]);
    files[`ppt/notesSlides/notes${at + 1}.xml`] = strToU8(
      `<p:notes xmlns:p="${P}" xmlns:a="${A}"><p:cSld><p:spTree>${shape('body', [slide.notes])}</p:spTree></p:cSld></p:notes>`,
    );
  });
  return Buffer.from(zipSync({ ...files, ...parts }));
}

function slideXml({ title, body, table, hidden }: SampleSlide): string {
  const cells = table
    ?.map(
      (row) =>
        `<a:tr>${row.map((cell) => `<a:tc><a:txBody>${line(cell)}</a:txBody></a:tc>`).join('')}</a:tr>`,
    )
    .join('');
  const frame = cells
    ? `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
    : '';
  return `<p:sld xmlns:p="${P}" xmlns:a="${A}"${hidden ? ' show="0"' : ''}><p:cSld><p:spTree>${body ? shape('body', body) : ''}${frame}${title ? shape('title', [title]) : ''}${shape('sldNum', ['7'])}</p:spTree></p:cSld></p:sld>`;
}

const line = (text: string): string => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;
const shape = (type: string, lines: readonly string[]): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1"/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody>${lines.map(line).join('')}</p:txBody></p:sp>`;
const relations = (all: readonly (readonly [string, string])[]): Uint8Array =>
  strToU8(
    `<Relationships>${all.map(([id, target]) => `<Relationship Id="${id}" Target="${target}"/>`).join('')}</Relationships>`,
  );

/** The same file with one of its parts changed. */
export function changedPart(file: Buffer, name: string, change: (xml: string) => string): Buffer {
  const parts = unzipSync(file);
  return Buffer.from(
    zipSync({ ...parts, [name]: strToU8(change(strFromU8(parts[name] ?? new Uint8Array()))) }),
  );
}
