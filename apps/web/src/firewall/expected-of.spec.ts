import { describe, expect, it } from '@jest/globals';
import { expectedOf } from './expected-of.js';

describe('what a text of the workbench is kept for', () => {
  it('is that it passes, since false alarms are what one comes with', () => {
    expect(expectedOf('refuse', null)).toBe('allow');
    expect(expectedOf('flag', 'flag')).toBe('allow');
    expect(expectedOf('allow', null)).toBe('allow');
  });

  it('is what the draft does about it, where that is another thing', () => {
    expect(expectedOf('allow', 'refuse')).toBe('refuse');
    expect(expectedOf('refuse', 'flag')).toBe('flag');
  });
});
