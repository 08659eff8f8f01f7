import type { HiddenTexts } from '../hidden-text.js';

/** Entries of programs, not of people (ISO 32000, 14.3.3). */
const PROGRAMS = new Set([
  'PDFFormatVersion',
  'Producer',
  'Creator',
  'CreationDate',
  'ModDate',
  'Language',
  'Trapped',
]);

/** The document's information and its XMP packet: what somebody wrote there. */
export function noteInfo(info: unknown, metadata: unknown, hidden: HiddenTexts): void {
  const entries = Object.entries((info ?? {}) as Record<string, unknown>);
  const custom = entries.flatMap(([name, value]) =>
    name === 'Custom' && value ? Object.entries(value as Record<string, unknown>) : [],
  );
  for (const [name, value] of [...entries, ...custom])
    if (typeof value === 'string' && !PROGRAMS.has(name)) hidden.add('properties', value);
  if (!isIterable(metadata)) return;
  for (const [name, value] of metadata)
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value])
      if (typeof one === 'string' && !/date|producer|creatortool|documentid|instanceid|format/i.test(name))
        hidden.add('properties', one);
}

const isIterable = (value: unknown): value is Iterable<[string, unknown]> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** Remarks of readers on a page; fields of forms are read as text. */
export function noteComments(annotations: readonly object[], page: number, hidden: HiddenTexts): void {
  for (const annotation of annotations) {
    const { subtype, contentsObj, alternativeText } = annotation as {
      subtype?: string;
      contentsObj?: { str?: string };
      alternativeText?: string;
    };
    if (subtype !== 'Widget') hidden.add('comment', contentsObj?.str, { page });
    hidden.add('alternative', alternativeText, { page });
  }
}
