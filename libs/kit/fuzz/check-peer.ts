import assert from 'node:assert/strict';
import { AhoCorasick } from '@monyone/aho-corasick';
import { exactFold } from '../src/matching/fold.js';
import { Matcher } from '../src/matching/matcher.js';

/** Without any fold, the matches are those of another implementation. */
export function checkAgainstPeer(words: readonly string[], text: string): void {
  const entries = words.map((word) => ({ id: word, text: word, wholeWord: false }));
  const matcher = new Matcher(entries, exactFold());
  const found = matcher.findAll(text).map(({ id, start, end }) => `${id} ${start}-${end}`);
  const streamed: string[] = [];
  const cursor = matcher.cursor();
  const note = (entry: number, start: number, end: number) => {
    streamed.push(`${words[entry] ?? ''} ${start}-${end}`);
    return false;
  };
  cursor.feed(text, note);
  cursor.finish(note);
  const expected = new AhoCorasick([...words])
    .matchInText(text)
    .map(({ keyword, begin, end }) => `${keyword} ${begin}-${end}`);
  assert.deepEqual(found.sort(), expected.sort());
  assert.deepEqual(streamed.sort(), expected);
}
