import { describe, expect, it } from '@jest/globals';
import { KeptText } from '../text/kept-text.js';
import { DetectorText } from './detector-text.js';

function shared(): { source: KeptText; text: DetectorText } {
  const source = new KeptText();
  source.add('before');
  const text = new DetectorText(source, source.end);
  source.add('one two');
  text.add('one two');
  return { source, text };
}

describe('DetectorText', () => {
  it('is that of whoever feeds it, from where it begins', () => {
    const { source, text } = shared();
    expect([text.start, text.end, text.slice(-5, 3)]).toEqual([0, 7, 'one']);
    text.dropBefore(5);
    expect(source.slice(0, source.end)).toBe('beforeone two');
    source.dropBefore(10);
    expect([text.start, text.slice(0, 7)]).toEqual([4, 'two']);
  });

  it('goes on by itself once it is read otherwise', () => {
    const { source, text } = shared();
    text.detach(4);
    source.add(' three');
    text.add('2');
    const copy = text.copy();
    copy.add('!');
    expect([text.slice(0, 99), copy.slice(0, 99), text.end]).toEqual(['one 2', 'one 2!', 5]);
    text.dropBefore(4);
    expect([text.start, text.slice(0, 99)]).toEqual([4, '2']);
  });

  it('begins again behind what was swallowed', () => {
    const { text } = shared();
    text.restart(4, 'zz');
    text.add('!');
    expect([text.start, text.slice(0, 99), text.slice(4, 7)]).toEqual([2, 'zztwo!', 'two']);
  });
});
