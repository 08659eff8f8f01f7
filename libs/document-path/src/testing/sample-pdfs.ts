/** A font without its letters in the file: a name, a character map, and what maps its codes to Unicode. */
export interface SampleFont {
  readonly encoding?: string;
  readonly ordering?: string;
  readonly toUnicode?: string;
}

export interface SamplePage {
  /** Operators of the page: `BT /F1 11 Tf 72 700 Td (text) Tj ET`. */
  readonly content: string;
  /** Dictionaries of its annotations. */
  readonly annotations?: readonly string[];
}

/** A PDF of raw pages. F1 is Helvetica, F2 Helvetica bold, the others are given; Im1 is a picture, `/Off` a hidden layer. */
export function rawPdf(
  pages: readonly SamplePage[],
  options: {
    fonts?: Readonly<Record<string, SampleFont>>;
    attachments?: Readonly<Record<string, string>>;
    title?: string;
    /** Dictionaries of graphics states by their name. */
    states?: string;
  } = {},
): Buffer {
  const objects: string[] = ['', ''];
  const add = (body: string): number => objects.push(body);
  const fonts = [
    `/F1 ${add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')} 0 R`,
    `/F2 ${add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>')} 0 R`,
    ...Object.entries(options.fonts ?? {}).map(([name, font]) => `/${name} ${addFont(add, font)} 0 R`),
  ];
  const picture = add(
    stream(
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      '\u0000',
    ),
  );
  const layers = [add('<< /Type /OCG /Name (On) >>'), add('<< /Type /OCG /Name (Off) >>')];
  const [on, off] = [references(layers.slice(0, 1)), references(layers.slice(1))];
  const properties = `/ExtGState << ${options.states ?? ''} >> /Properties << /On ${on} /Off ${off} >>`;
  const fields: number[] = [];
  const kids = pages.map(({ content, annotations = [] }) => {
    const annots = annotations.map(add);
    fields.push(...annots);
    const body = add(stream('', content));
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${body} 0 R /Annots [${references(annots)}] /Resources << /Font << ${fonts.join(' ')} >> /XObject << /Im1 ${picture} 0 R >> ${properties} >> >>`,
    );
  });
  const files = Object.entries(options.attachments ?? {}).map(([name, content]) => {
    const embedded = add(stream('/Type /EmbeddedFile', content));
    return `(${name}) ${add(`<< /Type /Filespec /F (${name}) /UF (${name}) /EF << /F ${embedded} 0 R >> >>`)} 0 R`;
  });
  const form = fields.length > 0 ? `/AcroForm << /Fields [${references(fields)}] >>` : '';
  const names = files.length > 0 ? `/Names << /EmbeddedFiles << /Names [${files.join(' ')}] >> >>` : '';
  objects[0] = `<< /Type /Catalog /Pages 2 0 R ${form} ${names} /OCProperties << /OCGs [${references(layers)}] /D << /OFF [${off}] >> >> >>`;
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${references(kids)}] >>`;
  const info = options.title ? add(`<< /Title (${options.title}) >>`) : 0;
  return fileOf(objects, info);
}

function addFont(
  add: (body: string) => number,
  { encoding = 'Identity-H', ordering = 'Identity', toUnicode }: SampleFont,
): number {
  const map = toUnicode ? add(stream('', toUnicode)) : 0;
  const descriptor = add(
    '<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
  );
  const descendant = add(
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Sample /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> /DW 1000 /FontDescriptor ${descriptor} 0 R >>`,
  );
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /${encoding} /DescendantFonts [${descendant} 0 R] ${map ? `/ToUnicode ${map} 0 R` : ''} >>`,
  );
}

/** Maps every two-byte code to the character of the same number. */
export const AS_UNICODE =
  '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap';

/** Text as a hexadecimal string of two-byte codes. */
export const codes = (text: string): string =>
  `<${[...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('')}>`;

export const at = (x: number, y: number, text: string, font = 'F1', size = 11): string =>
  `BT /${font} ${size} Tf ${x} ${y} Td ${text.startsWith('<') ? text : `(${text.replace(/[()\\]/g, '\\$&')})`} Tj ET`;

const references = (numbers: readonly number[]): string => numbers.map((number) => `${number} 0 R`).join(' ');
const stream = (dictionary: string, content: string): string =>
  `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`;

function fileOf(objects: readonly string[], info: number): Buffer {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer << /Size ${objects.length + 1} /Root 1 0 R ${info ? `/Info ${info} 0 R` : ''} >>\nstartxref\n${start}\n%%EOF`;
  return Buffer.from(file, 'latin1');
}
