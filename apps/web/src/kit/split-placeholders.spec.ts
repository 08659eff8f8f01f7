import { describe, expect, it } from '@jest/globals';
import { splitPlaceholders } from './split-placeholders.js';

describe('splitPlaceholders', () => {
  it('cuts a question at what was taken out', () => {
    expect(splitPlaceholders('my key ⟦secret:1⟧ leaked ⟦not one⟧')).toEqual([
      { kind: 'text', text: 'my key ' },
      { kind: 'removed', category: 'secret' },
      { kind: 'text', text: ' leaked ⟦not one⟧' },
    ]);
    expect(splitPlaceholders('')).toEqual([]);
  });
});
