import { describe, expect, it } from '@jest/globals';
import { LIMIT_BYTES, sortUploads } from './sort-uploads.js';

const file = (name: string, size = 1) => ({ name, size });

describe('sortUploads', () => {
  it('sends what has an ending and a size that is taken, and names one reason for each other file', () => {
    const [large, empty, bare, dot] = [
      file('a.pdf', LIMIT_BYTES + 1),
      file('README', 0),
      file('Makefile'),
      file('notes. final version'),
    ];
    const good = [file('b.pdf', LIMIT_BYTES), file('请假.DOCX'), file('.gitignore.md')];
    expect(sortUploads([large, empty, bare, dot, ...good])).toEqual({
      ...{ tooLarge: [large], empty: [empty] },
      ...{ unnamed: [bare, dot], sendable: good },
    });
  });
});
