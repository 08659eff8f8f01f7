import { describe, expect, it } from '@jest/globals';
import { parseMarkdown } from './parse-markdown.js';

const titleOf = (title: string): string | null =>
  parseMarkdown(Buffer.from(`---\ntitle: ${title}\n---\n\nText.\n`)).title;

describe('the title of a Markdown file', () => {
  it('goes without the markup that a site generator shows', () => {
    expect(titleOf('Travel <em>before</em> onboarding')).toBe('Travel before onboarding');
    expect(titleOf('"Set up <code class=\'x\'>ssh</code>"')).toBe('Set up ssh');
  });

  it('keeps what only looks like it', () => {
    expect(titleOf('List<String> where a < b')).toBe('List<String> where a < b');
  });
});
