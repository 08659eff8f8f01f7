import { describe, expect, it } from '@jest/globals';
import type { Format } from '../1-accept/sniff-format.js';
import { chunkBlocks } from '../4-chunk/chunk-blocks.step.js';
import { parseSample } from '../testing/parse-sample.js';
import { docxOf, table } from '../testing/sample-files.js';
import { emlWith } from '../testing/sample-mail.js';
import { pptxOf, xlsxOf } from '../testing/sample-office.js';
import { at, rawPdf } from '../testing/sample-pdfs.js';
import { zipOf } from '../testing/sample-zip.js';

const ROWS = 60;
const rows: string[][] = [
  ['Level', 'Days', 'Remark'],
  ...Array.from({ length: ROWS }, (_, n) => [
    `P${n}`,
    String(n + 10),
    'approved by the head of the department',
  ]),
];
const csv = rows.map((row) => row.join(',')).join('\n');
const markdown = rows
  .flatMap((row, n) => (n === 1 ? ['|-|-|-|', `|${row.join('|')}|`] : [`|${row.join('|')}|`]))
  .join('\n');
const html = `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
const pdf = rawPdf([
  {
    content: rows
      .flatMap((row, n) => row.map((cell, column) => at(50 + column * 150, 770 - n * 12, cell, 'F1', 9)))
      .join('\n'),
  },
]);

describe('passages of a long table', () => {
  const files: readonly (readonly [Format, string | Uint8Array, string])[] = [
    ['csv', csv, ''],
    ['html', `<h1>T</h1><h2>Leave</h2>${html}`, 'Leave'],
    ['markdown', `# T\n\n## Leave\n\n${markdown}`, 'Leave'],
    ['docx', docxOf(table(rows)), ''],
    ['xlsx', xlsxOf({ Leave: rows }), 'Leave'],
    ['pptx', pptxOf([{ title: 'Leave', table: rows }], 'T'), 'Leave'],
    ['pdf', pdf, ''],
    ['eml', emlWith('T', 'See below', [['days.csv', 'text/csv', Buffer.from(csv)]]), 'days.csv'],
    ['zip', zipOf({ 'hr/days.html': `<h1>Leave</h1>${html}` }), 'hr/days.html › Leave'],
  ];
  for (const [format, content, heading] of files)
    it(`of ${format} have their heading, their page and the head of the table`, async () => {
      const { blocks } = await parseSample(format, content);
      const passages = chunkBlocks(blocks, 'T').filter((passage) => passage.content.includes('| P'));
      expect(passages.length).toBeGreaterThan(2);
      for (const passage of passages) {
        expect(passage.content).toMatch(/^\| Level \| Days \| Remark \|\n\| --- \|/);
        expect(passage.heading).toBe(heading);
        expect(passage.page).toBe(format === 'pdf' || format === 'pptx' ? 1 : null);
      }
      const found = passages.flatMap((passage) => passage.content.match(/^\| P\d+ \| \d+ \|/gm) ?? []);
      expect(found).toHaveLength(ROWS);
    });
});
