import { describe, expect, it } from '@jest/globals';
import { hiddenOf, parseSample, summaryOf } from '../../testing/parse-sample.js';
import { at, rawPdf } from '../../testing/sample-pdfs.js';
import { CoveredRuns } from './covered-runs.js';

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

  it('keeps text whose letters are drawn as shapes: it is what readers see', async () => {
    const letters = '72 700 m 90 708 l 110 700 l 130 708 l 150 700 l 140 695 l 100 698 l h f';
    const content = `${at(72, 740, 'Seen as usual.')} ${letters} 3 Tr ${at(72, 700, 'Bold heading')}`;
    const parsed = await parseSample('pdf', rawPdf([{ content }]));
    expect(summaryOf(parsed).join()).toContain('Bold heading');
    expect(hiddenOf(parsed)).toEqual([]);
  });

  it.each([
    ['a dot', '72 700 m 74 702 l 76 700 l 75 699 l h f'],
    ['a shape of the whole page', '0 0 m 300 790 l 610 400 l 500 10 l h f'],
  ])('leaves out text that is not drawn beside %s', async (_, shape) => {
    const content = `${at(72, 740, 'Seen as usual.')} ${shape} 3 Tr ${at(72, 700, 'Bold heading')}`;
    const parsed = await parseSample('pdf', rawPdf([{ content }]));
    expect(hiddenOf(parsed)).toEqual(['not-displayed: p1: Bold heading']);
    expect(summaryOf(parsed).join()).not.toContain('Bold');
  });

  const SCAN = 'q 612 0 0 792 0 0 cm /Im1 Do Q';
  const RECOGNISED = at(72, 700, 'Recognised text of a scan.');

  it.each([
    ['before its text', `${SCAN} 3 Tr ${RECOGNISED}`],
    ['over its text', `${RECOGNISED} ${SCAN}`],
    ['with a number that is printed on it', `${SCAN} ${at(500, 20, 'A-1')} 3 Tr ${RECOGNISED}`],
  ])('keeps the recognised text of a scan %s: readers see the picture of it', async (_, content) => {
    const parsed = await parseSample('pdf', rawPdf([{ content }]));
    expect(summaryOf(parsed).join()).toContain('Recognised text of a scan.');
    expect(hiddenOf(parsed)).toEqual([]);
  });

  it('keeps and notes text that is not drawn on a page that shows other text over a picture', async () => {
    const seen = at(72, 600, 'Text of the page that everybody sees, on a picture behind it.');
    const parsed = await parseSample('pdf', rawPdf([{ content: `${SCAN} ${seen} 3 Tr ${RECOGNISED}` }]));
    expect(hiddenOf(parsed)).toEqual(['not-displayed: p1: Recognised text of a scan.']);
  });

  const STATES =
    '/Clear << /ca 0 >> /Outline << /CA 0 >> /Half << /ca 0.5 >> /Over << /BM /Multiply >> /Full << /ca 1 /CA 1 /BM /Normal >>';
  const SEEN = at(72, 740, 'Seen by all as usual.');
  const words = at(72, 700, 'lost words');
  const box = '60 690 200 30 re f';
  const hiddenIn = async (content: string): Promise<string[][]> => {
    const parsed = await parseSample('pdf', rawPdf([{ content: `${SEEN} ${content}` }], { states: STATES }));
    return [summaryOf(parsed), hiddenOf(parsed)];
  };

  it.each([
    ['not-displayed', 'clear', `/Clear gs ${words}`],
    ['not-displayed', 'an outline that is clear', `/Outline gs 1 Tr ${words}`],
    ['not-displayed', 'in a layer that is off', `/OC /Off BDC ${words} EMC`],
    ['not-displayed', 'under a box', `${words} 1 g ${box}`],
    ['not-displayed', 'under a box of their colour', `${words} 0 g ${box}`],
    ['not-displayed', 'under a picture', `${words} q 200 0 0 30 60 690 cm /Im1 Do Q`],
    ['colour', 'white outlines', `1 G 1 Tr ${words}`],
    ['colour', 'white with white outlines', `1 G 1 g 2 Tr ${words}`],
    ['outside', 'beside the clip', `q 300 300 50 50 re W n ${words} Q`],
    ['outside', 'within a clip without height', `q 60 700 200 0.2 re W n ${words} Q`],
    ['outside', 'below the page', at(72, -40, 'lost words')],
    ['tiny', 'of a hundredth of their width', `BT 1 Tz ET ${words}`],
    ['tiny', 'squeezed by the matrix', `q 0.01 0 0 1 70 0 cm ${at(200, 700, 'lost words')} Q`],
    ['tiny', 'made small by the matrix', 'BT /F1 40 Tf 0.02 0 0 0.02 72 700 Tm (lost words) Tj ET'],
    ['tiny', 'flattened by the matrix', 'BT /F1 40 Tf 1 0 0 0.02 72 700 Tm (lost words) Tj ET'],
  ])('is %s: words %s', async (why, _, content) => {
    expect(await hiddenIn(content)).toEqual([['1: p Seen by all as usual.'], [`${why}: p1: lost words`]]);
  });

  it.each([
    ['half clear', `/Half gs ${words}`],
    ['in a layer that is on', `/OC /On BDC ${words} EMC`],
    ['over a box', `1 g ${box} 0 g ${words}`],
    ['under a box that is seen through', `${words} /Half gs 1 g ${box}`],
    ['under a mark', `${words} /Over gs 1 1 0 rg ${box}`],
    ['under a box in a layer that is off', `${words} 1 g /OC /Off BDC ${box} EMC`],
    ['under a box that covers a half of them', `${words} 1 g 60 690 30 30 re f`],
    ['struck out', `${words} 60 703 200 1 re f`],
    ['underlined', `${words} 60 697 200 1 re f`],
    ['under a clip of nothing else', `${words} q 60 690 200 30 re W n Q`],
    ['within a clip', `q 60 690 200 30 re W n ${words} Q`],
    ['of half their width', `BT 50 Tz ET ${words}`],
    ['with outlines', `1 g 2 Tr ${words}`],
    ['after clear ones', `q /Clear gs Q ${words}`],
    ['after the state is set again', `/Clear gs /Full gs ${words}`],
  ])('is not: words %s', async (_, content) => {
    const [seen, hidden] = await hiddenIn(content);
    expect(seen?.join()).toContain('lost words');
    expect(hidden).toEqual([]);
  });

  it('looks for what is covered so often and no more, and takes the rest as seen', () => {
    const runs = new CoveredRuns(5);
    const run = { text: 'words', x: 0, y: 0, end: 50, why: 'not-displayed' } as const;
    runs.add(run, [0, 0, 50, 10], 10);
    for (let checks = 0; checks < 4; checks++) runs.cover([10, 0, 20, 10]);
    expect(runs.cover([0, 0, 50, 10])).toEqual([run]);
    runs.add(run, [0, 0, 50, 10], 10);
    expect(runs.cover([0, 0, 50, 10])).toEqual([]);
  });
});
