import { describe, expect, it } from '@jest/globals';
import { isUuid } from './is-uuid.js';
import { likeLiteral, likePattern } from './like-pattern.js';

const id = '0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

describe('isUuid', () => {
  it.each([id, id.toUpperCase()])('takes %s', (value) => expect(isUuid(value)).toBe(true));

  it.each(['', 'no uuid', `${id}\n`, `${id}'`, ` ${id}`, id.replaceAll('-', ''), null, 7, [id]])(
    'takes %j for none',
    (value) => expect(isUuid(value)).toBe(false),
  );
});

describe('likePattern', () => {
  it('takes what people type literally', () => {
    expect(likePattern('50 %_off\\')).toBe('%50 \\%\\_off\\\\%');
    expect(likeLiteral('a.b')).toBe('a.b');
  });
});
