import { describe, expect, it } from '@jest/globals';
import { DetectorCursor } from './detector-cursor.js';
import { DETECTOR_KINDS } from './detector-kinds.js';

/** What is found while the text comes unit by unit. */
function found(text: string): string[] {
  const cursor = new DetectorCursor(new Set(DETECTOR_KINDS));
  const pieces: string[] = [];
  const report = (_: string, start: number, end: number): boolean => {
    pieces.push(text.slice(start, end));
    return false;
  };
  for (const unit of text) cursor.feed(unit, report);
  cursor.finish(report);
  return pieces;
}

describe('the first line of a private key', () => {
  it('of SSH2 is found from behind its hyphens', () => {
    const key = `BEGIN SSH2 ENCRYPTED ${'PRIVATE'} KEY ----\nab`;
    expect(found(`see ---- ${key}`).at(-1)).toBe(key);
  });

  it('of PuTTY, named in prose, takes nothing of the prose with it', () => {
    const name = ['PuTTY-User-', 'Key-File-2:'].join('');
    expect(found(`A file that begins with ${name} is a key. Never send it by mail.`)).toEqual([]);
  });
});
