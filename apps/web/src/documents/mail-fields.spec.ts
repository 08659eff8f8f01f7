import { describe, expect, it } from '@jest/globals';
import { mailFields } from './mail-fields.js';

describe('mailFields', () => {
  it('takes the head of a mail off its text', () => {
    const text =
      'From: Anna <anna@example.com>\nTo: Ben\nDate: 2026-03-01 09:00 UTC\n\nDear Ben,\n\nTo: nobody';
    expect(mailFields(text)).toEqual({
      fields: [
        { name: 'From', value: 'Anna <anna@example.com>' },
        { name: 'To', value: 'Ben' },
        { name: 'Date', value: '2026-03-01 09:00 UTC' },
      ],
      rest: 'Dear Ben,\n\nTo: nobody',
    });
  });

  it('leaves alone what only looks like it', () => {
    for (const text of ['From: Monday\nwe are open.', 'Date: today\nTo: be decided', 'Text.\nFrom: a\nTo: b'])
      expect(mailFields(text)).toEqual({ fields: [], rest: text });
  });
});
