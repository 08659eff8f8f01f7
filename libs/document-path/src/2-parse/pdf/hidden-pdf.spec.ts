import { describe, expect, it } from '@jest/globals';
import { hiddenOf, parseSample, summaryOf } from '../../testing/parse-sample.js';
import { at, rawPdf } from '../../testing/sample-pdfs.js';

describe('hidden text of PDFs', () => {
  it('is what is not drawn, in the colour behind it, too small, off the page, commented, or a property', async () => {
    const file = rawPdf(
      [
        {
          content: [
            at(72, 720, 'Seen as usual.'),
            '0 0.2 0.4 rg 50 600 500 40 re f 1 1 1 rg',
            at(72, 610, 'White on blue.'),
            at(72, 500, 'white one'),
            '0.98 g 50 460 500 30 re f 1 g',
            at(72, 470, 'white on nearly white'),
            '0 g 3 Tr',
            at(72, 450, 'invisible one'),
            '0 Tr',
            at(72, 400, 'tiny one', 'F1', 0.5),
            at(900, 300, 'far one'),
            'q 0.01 0 0 0.01 0 0 cm',
            at(7_200, 20_000, 'scaled one'),
            'Q q 1 0 0 1 0 50 cm /Im1 Do Q',
            'BT /F1 11 Tf 72 690 Td (Seen ) Tj 1 g (pale tail) Tj 0 g ( again.) Tj ET',
          ].join('\n'),
          annotations: ['<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (a remark here) >>'],
        },
      ],
      { title: 'Leave of 2026' },
    );
    const parsed = await parseSample('pdf', file);
    expect(summaryOf(parsed)).toEqual(['1: p Seen as usual.', '1: p Seen again.', '1: p White on blue.']);
    expect(hiddenOf(parsed).toSorted()).toEqual([
      'colour: p1: white one white on nearly white pale tail',
      'comment: p1: a remark here',
      'not-displayed: p1: invisible one',
      'outside: p1: far one',
      'properties: Leave of 2026',
      'tiny: p1: tiny one scaled one',
    ]);
  });

  it('keeps text whose letters are drawn as shapes, and notes it', async () => {
    const letters = '72 700 m 90 720 l 110 700 l 130 720 l 150 700 l 140 695 l 100 698 l h f';
    const content = `${at(72, 740, 'Seen as usual.')} ${letters} 3 Tr ${at(72, 700, 'Bold heading')}`;
    const parsed = await parseSample('pdf', rawPdf([{ content }]));
    expect(summaryOf(parsed).join()).toContain('Bold heading');
    expect(hiddenOf(parsed)).toEqual(['not-displayed: p1: Bold heading']);
  });

  it('keeps the recognised text of a scan, and notes it', async () => {
    const content = `q 612 0 0 792 0 0 cm /Im1 Do Q 3 Tr ${at(72, 700, 'Recognised text of a scan.')}`;
    const parsed = await parseSample('pdf', rawPdf([{ content }]));
    expect(summaryOf(parsed)).toEqual(['1: p Recognised text of a scan.']);
    expect(hiddenOf(parsed)).toEqual(['not-displayed: p1: Recognised text of a scan.']);
  });
});
