import { describe, expect, it } from '@jest/globals';
import { cleanPath, DEPTH_MAX, NAME_MAX, PATH_BYTES_MAX, splitPath } from './clean-path.js';
import { pathFilter } from './match-globs.js';

describe('cleanPath', () => {
  it('keeps what can be a path, in one form of Unicode', () => {
    expect(cleanPath('人事/休假 2026.md')).toBe('人事/休假 2026.md');
    expect(cleanPath('cafe\u0301/a.md')).toBe('caf\u00e9/a.md');
  });

  it('refuses what leads out or cannot be shown', () => {
    for (const path of [
      '',
      '/a',
      'a/',
      'a//b',
      '../a',
      'a/../b',
      './a',
      'a\\b',
      'a\u0000b',
      'a\u202eb',
      ' a',
      'a/b ',
    ])
      expect(cleanPath(path)).toBeNull();
  });

  it('has its limits at their edge', () => {
    expect(cleanPath('a'.repeat(NAME_MAX))).not.toBeNull();
    expect(cleanPath('a'.repeat(NAME_MAX + 1))).toBeNull();
    expect(cleanPath(`${'d/'.repeat(DEPTH_MAX)}f`)).not.toBeNull();
    expect(cleanPath(`${'d/'.repeat(DEPTH_MAX + 1)}f`)).toBeNull();
    const parts = Array.from({ length: 4 }, () => 'é'.repeat(127)).join('/');
    expect(Buffer.byteLength(parts)).toBe(PATH_BYTES_MAX - 5);
    expect(cleanPath(`${parts}/1234`)).not.toBeNull();
    expect(cleanPath(`${parts}/12345`)).toBeNull();
  });

  it('splits', () => {
    expect(splitPath('a/b/c.md')).toEqual({ folder: ['a', 'b'], fileName: 'c.md' });
    expect(splitPath('c.md')).toEqual({ folder: [], fileName: 'c.md' });
  });
});

describe('pathFilter', () => {
  const only = (glob: string, path: string): boolean => pathFilter([glob], [])(path);

  it.each([
    ['*.md', 'a.md', true],
    ['*.md', 'x/y/a.md', true],
    ['*.md', 'a.mdx', false],
    ['/*.md', 'a.md', true],
    ['/*.md', 'x/a.md', false],
    ['docs/', 'docs/a.md', true],
    ['docs/', 'x/docs/y/a.md', true],
    ['docs/', 'docs', false],
    ['docs/**', 'docs/x/a.md', true],
    ['docs/**/a.md', 'docs/a.md', true],
    ['docs/**/a.md', 'docs/x/y/a.md', true],
    ['docs/**/a.md', 'other/a.md', false],
    ['**/draft-?.txt', 'x/draft-1.txt', true],
    ['**/draft-?.txt', 'draft-10.txt', false],
    ['a*b*c', 'aXbXbXc', true],
    ['休假*', '人事/休假2026.md', true],
    ['docs/*', 'docs/x/a.md', false],
    ['[a].md', 'a.md', false],
  ])('%s of %s: %s', (glob, path, expected) => {
    expect(only(glob, path)).toBe(expected);
  });

  it('leaves out what is excluded, and what is of no use to anybody', () => {
    const filter = pathFilter([], ['archive/', '*.log']);
    expect(['a.md', 'archive/a.md', 'x.log', '.git/config', 'x/.DS_Store', '~$a.docx'].map(filter)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('never tries again what did not match', () => {
    expect(only('*a'.repeat(240) + 'b', 'a'.repeat(255))).toBe(false);
    expect(only('**/a/'.repeat(80) + 'b', 'a/'.repeat(32) + 'c')).toBe(false);
  });
});
