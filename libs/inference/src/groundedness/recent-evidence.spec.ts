import { describe, expect, it } from '@jest/globals';
import type { PromptPassage } from '../driver.js';
import { RecentEvidence } from './recent-evidence.js';

const passage = (content: string, more: Partial<PromptPassage> = {}): PromptPassage => ({
  ...{ number: 1, id: 'p', title: 'Rules', heading: 'Leave', page: null, content },
  ...more,
});

describe('RecentEvidence', () => {
  it('reads a passage once, whatever its number and id', () => {
    const recent = new RecentEvidence();
    const read = recent.of(passage('There are 27 days.'));
    expect(recent.of(passage('There are 27 days.', { number: 4, id: 'q' }))).toBe(read);
  });

  it('reads anew what differs in its text, heading or title', () => {
    const recent = new RecentEvidence();
    const read = recent.of(passage('There are 27 days.'));
    expect(recent.of(passage('There are 28 days.'))).not.toBe(read);
    expect(recent.of(passage('There are 27 days.', { heading: 'Pay' }))).not.toBe(read);
    expect(recent.of(passage('There are 27 days.', { title: 'Other' }))).not.toBe(read);
  });

  it('forgets at the edge what was asked for longest ago', () => {
    const recent = new RecentEvidence(2);
    const [one, two] = [recent.of(passage('One.')), recent.of(passage('Two.'))];
    expect(recent.of(passage('One.'))).toBe(one);
    recent.of(passage('Three.'));
    expect(recent.of(passage('One.'))).toBe(one);
    expect(recent.of(passage('Two.'))).not.toBe(two);
  });
});
