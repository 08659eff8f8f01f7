import assert from 'node:assert/strict';
import { AhoCorasick } from '@monyone/aho-corasick';
import { exactFold, Matcher } from '../src/matching/index.js';

/** Without any fold, the matches are those of another implementation. */
export function checkAgainstPeer(words: readonly string[], text: string): void {
  const entries = words.map((word) => ({ id: word, text: word, wholeWord: false }));
  const found = new Matcher(entries, exactFold())
    .findAll(text)
    .map(({ id, start, end }) => `${id} ${start}-${end}`);
  const expected = new AhoCorasick([...words])
    .matchInText(text)
    .map(({ keyword, begin, end }) => `${keyword} ${begin}-${end}`);
  assert.deepEqual(found.sort(), expected.sort());
}
