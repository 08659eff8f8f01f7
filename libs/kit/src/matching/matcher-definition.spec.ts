import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkAgainstPeer } from '../../fuzz/check-peer.js';
import { checkBorder, checkMatches } from '../../fuzz/check-world.js';
import { markupAt } from '../../fuzz/markup-by-definition.js';
import { chunkedTexts, entryLists, markupWorlds, plainLists, plainTexts } from '../../fuzz/worlds.js';
import { ALL_CONTEXT_FOLDS } from './fold-names.js';

/* The matcher against its definition, by brute force. `npm run fuzz:scanner` does the same for longer. */
describe('every reading of a text', () => {
  it('is found, and nothing else, however the text is cut', () => {
    fc.assert(fc.property(entryLists(false), chunkedTexts, checkMatches), { seed: 51121, numRuns: 500 });
  });

  it('is found through markup', () => {
    fc.assert(
      fc.property(markupWorlds, ([entries, pieces]) => checkMatches(entries, pieces)),
      { seed: 51126, numRuns: 400 },
    );
  });

  it.each(['<b \'=">', '<b c =">', '<b\'c="', "<b ''='>"])(
    'is not found through %j, which never ends',
    (tag) => {
      expect(markupAt(tag, 0)).toEqual([]);
      checkMatches([{ id: '0', text: 'o国国', folds: ALL_CONTEXT_FOLDS }], ['o', tag, '国国']);
    },
  );

  it.each(['中 ](" ")<b">o国]((](c "国', '中](<\\', '中](c "\\', '中](((((((('])(
    'is held back behind %j, however much its address lacks',
    (text) => {
      checkBorder([{ id: '0', text: '中 o国国', wholeWord: false, folds: ALL_CONTEXT_FOLDS }], text);
      checkBorder([{ id: '0', text: '中o国', folds: ALL_CONTEXT_FOLDS }], text);
    },
  );

  it.each([
    'c\n*  \n>**中',
    '中- \n> ]>)中',
    '中-\n> ]>)中',
    'c \n> 中',
    'c\n>> **中',
    'c**\n> 中',
    'c **\n>中',
    'c <b>\n> </b>中',
    'c\\n> 中',
  ])('is that of the definition where a line ends in %j', (text) => {
    const entries = ['c 中', '中 中'].map((entry) => ({ id: entry, text: entry, folds: ALL_CONTEXT_FOLDS }));
    for (let at = 0; at <= text.length; at++) checkMatches(entries, [text.slice(0, at), text.slice(at)]);
    for (let at = 1; at < text.length; at++) checkBorder(entries, text.slice(0, at));
  });

  it.each(['国c<?国o', 'cc?国', 'cc-国', 'cc\\?国'])(
    'is that of the definition with a sign before Han: %j',
    (text) => {
      checkMatches([{ id: '0', text: 'cc国', wholeWord: false, folds: ALL_CONTEXT_FOLDS }], [text]);
    },
  );

  it('is covered by allowing entries, however the text is cut', () => {
    fc.assert(fc.property(entryLists(true), chunkedTexts, checkMatches), { seed: 51122, numRuns: 500 });
  });

  it('is held back as long as it may become a match, and no longer', () => {
    fc.assert(
      fc.property(entryLists(false), chunkedTexts, (entries, pieces) =>
        checkBorder(entries, pieces.join('')),
      ),
      { seed: 51123, numRuns: 120 },
    );
  });

  it('is held back as long as markup may end, and no longer', () => {
    fc.assert(
      fc.property(markupWorlds, ([entries, pieces]) => checkBorder(entries, pieces.join(''))),
      { seed: 51127, numRuns: 30 },
    );
  });

  it('is held back while an allowing entry may yet cover it or not', () => {
    fc.assert(
      fc.property(entryLists(true), chunkedTexts, (entries, pieces) => checkBorder(entries, pieces.join(''))),
      { seed: 51124, numRuns: 90 },
    );
  });

  it('without folds is what another implementation finds', () => {
    fc.assert(fc.property(plainLists, plainTexts, checkAgainstPeer), { seed: 51125, numRuns: 1000 });
  });
});
