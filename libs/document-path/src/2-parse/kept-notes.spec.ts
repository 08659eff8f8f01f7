import { describe, expect, it } from '@jest/globals';
import { keptNotes, NOTE_CHARACTERS_MAX, NOTES_MAX, NOTES_TOLD_MAX, toldNotes } from './kept-notes.js';

const notes = (count: number): string[] => Array.from({ length: count }, (_, n) => `a${n}.txt: It is empty.`);

describe('keptNotes', () => {
  it('keeps sentences as they are, each once', () => {
    expect(keptNotes()).toEqual([]);
    expect(keptNotes(['1 of 3 sheets is hidden.', '', 'x', 'x'])).toEqual(['1 of 3 sheets is hidden.', 'x']);
  });

  it('counts what is beyond the limit', () => {
    expect(keptNotes(notes(NOTES_MAX))).toEqual(notes(NOTES_MAX));
    const more = keptNotes(notes(NOTES_MAX + 1));
    expect(more).toHaveLength(NOTES_MAX);
    expect(more.at(-1)).toBe('2 more remarks.');
  });

  it('holds a sentence to its length, between characters, on one line and storable', () => {
    const [fits] = keptNotes(['x'.repeat(NOTE_CHARACTERS_MAX)]);
    expect(fits).toBe('x'.repeat(NOTE_CHARACTERS_MAX));
    const [cut] = keptNotes([`${'x'.repeat(NOTE_CHARACTERS_MAX - 2)}𠀀tail`]);
    expect(cut).toBe(`${'x'.repeat(NOTE_CHARACTERS_MAX - 2)}…`);
    expect(keptNotes(['a\nb\u0000\ud800'])).toEqual(['a b\ufffd']);
  });

  it('tells the audit no more than its share', () => {
    expect(toldNotes(['a.', 'b.'])).toBe('a. b.');
    expect(toldNotes(['x'.repeat(NOTES_TOLD_MAX + 1)])).toHaveLength(NOTES_TOLD_MAX);
  });
});
