import { describe, expect, it } from '@jest/globals';
import { compileWordTable } from './compile-word-table.js';
import { REDACTION_MARK } from './redacted-spans.js';
import { scanSource } from './scan-source.js';
import type { OnHit } from './stream-scanner.js';

const table = compileWordTable(
  (['stop', 'redact', 'log'] as const).map((action) => ({
    id: action,
    text: `a${action}word`,
    category: 'c',
    action,
  })),
);
type Detail = Parameters<OnHit>[0];

function scan(...parts: Parameters<typeof scanSource>[1]) {
  const details: Detail[] = [];
  return { ...scanSource(table, parts, (detail) => details.push(detail)), details };
}

describe('scanSource', () => {
  it('gives each part back as it may be shown', () => {
    const { texts, hits, leftOut, details } = scan(
      { channel: 'a', text: 'an aredactword here' },
      { channel: 'b', text: '' },
      { channel: 'c', text: 'an alogword' },
    );
    expect({ texts, leftOut }).toEqual({
      texts: [`an ${REDACTION_MARK} here`, '', 'an alogword'],
      leftOut: false,
    });
    expect(hits.map(({ channel, ruleId }) => [channel, ruleId])).toEqual([
      ['a', 'redact'],
      ['c', 'log'],
    ]);
    expect(details.map(({ original }) => original)).toEqual(['aredactword', 'alogword']);
    expect(JSON.stringify(hits)).not.toContain('aredactword');
  });

  it('leaves out a source with a stop in any part; what stops it is told, and nothing else', () => {
    const { texts, hits, leftOut, details } = scan(
      { channel: 'a', text: 'an aredactword here' },
      { channel: 'b', text: 'an alogword, an astopword', shown: 3 },
    );
    expect({ texts, leftOut }).toEqual({ texts: [], leftOut: true });
    expect(hits).toEqual([expect.objectContaining({ channel: 'left-out:b', ruleId: 'stop', start: 16 })]);
    expect(details.map(({ original }) => original)).toEqual(['astopword']);
  });

  it('tells what lies within what is shown, whatever the length of marks', () => {
    const text = 'aredactword aredactword alogword alogword';
    const of = (shown: number) => scan({ channel: 'a', text, shown }).hits.map(({ start }) => start);
    // Shown is `▇▇▇ ▇▇▇ alogword alogword`, or its beginning.
    expect([0, 1, 4, 8, 9, 17, 18].map((shown) => of(shown).length)).toEqual([0, 1, 1, 2, 3, 3, 4]);
  });
});
