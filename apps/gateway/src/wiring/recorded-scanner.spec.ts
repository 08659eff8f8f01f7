import { describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { compileWordTable, HITS_KEPT, type HitDetail } from '@lorekeep/scanner';
import { RecordedScanner } from './recorded-scanner.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const TABLE = compileWordTable([{ id: 'w0', text: 'nightingale', category: 'test', action: 'redact' }]);

function recorded() {
  const kept: HitDetail[][] = [];
  const hits = { run: async (_: unknown, found: readonly HitDetail[]) => kept.push([...found]) };
  return { scanner: new RecordedScanner(TABLE, hits), kept };
}

describe('RecordedScanner', () => {
  it('keeps what was found with the text it stands in, and writes it once', async () => {
    const { scanner, kept } = recorded();
    const pieces = [
      scanner.push('0:content', 'A Night'),
      scanner.push('0:content', 'ingale flew.'),
      scanner.end('0:content'),
    ];
    expect(pieces.map(({ release }) => release).join('')).not.toContain('ingale');
    expect(kept).toEqual([]);
    await scanner.settle(systemContext(TENANT));
    expect(kept).toMatchObject([
      [{ ruleId: 'w0', channel: '0:content', start: 2, end: 13, original: 'Nightingale' }],
    ]);
  });

  it('asks nothing where nothing was found', async () => {
    const { scanner, kept } = recorded();
    scanner.push('0:content', 'A bird flew.');
    await scanner.settle(systemContext(TENANT));
    expect(kept).toEqual([]);
  });

  it('keeps no more than is written', async () => {
    const { scanner, kept } = recorded();
    scanner.push('0:content', 'nightingale '.repeat(HITS_KEPT + 1));
    await scanner.settle(systemContext(TENANT));
    expect(kept[0]).toHaveLength(HITS_KEPT);
  });
});
