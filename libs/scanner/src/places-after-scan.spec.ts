import { describe, expect, it } from '@jest/globals';
import { compileWordTable } from './compile-word-table.js';
import { placesAfterScan } from './places-after-scan.js';
import { scanText } from './scan-text.js';

const table = compileWordTable([
  { id: '1', text: 'heliotrope', category: 'own', action: 'redact' },
  { id: '2', text: '向日葵', category: 'own', action: 'redact' },
  { id: '3', text: 'marigold', category: 'own', action: 'stop' },
]);

/** What is shown between the places of a sentence of the text. */
function shown(text: string, sentence: string): string {
  const scanned = scanText(table, text);
  const placeOf = placesAfterScan(scanned);
  const start = text.indexOf(sentence);
  return scanned.text.slice(placeOf(start), placeOf(start + sentence.length));
}

describe('places after a scan', () => {
  it('are those of the same sentence, before, with and behind what was redacted', () => {
    const text = 'One heliotrope. Two 向日葵向日葵 [2]. Three is plain. heliotrope';
    expect(shown(text, 'One heliotrope.')).toBe('One ▇▇▇.');
    expect(shown(text, 'Two 向日葵向日葵 [2].')).toBe('Two ▇▇▇ [2].');
    expect(shown(text, 'Three is plain.')).toBe('Three is plain.');
    expect(shown(text, 'heliotrope. Two')).toBe('▇▇▇. Two');
    expect(shown('Nothing here. Nor here.', 'Nor here.')).toBe('Nor here.');
  });

  it('end where the text is stopped', () => {
    const text = 'heliotrope is one. Then a marigold. More.';
    expect(shown(text, 'Then a marigold.')).toBe('Then a ');
    expect(shown(text, 'More.')).toBe('');
  });

  it('lie at the end of a mark where they lie within what it hides', () => {
    expect(shown('a heliotrope b', 'trope b')).toBe(' b');
    expect(shown('a heliotrope b', 'a helio')).toBe('a ▇▇▇');
  });
});
