import { expect, it } from '@jest/globals';
import { sourceIds } from './source-ids.js';

const [one, two] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const nobody = '00000000-0000-0000-0000-000000000000';

it('takes together what was given and what is cited', () => {
  expect(sourceIds()).toEqual([]);
  expect(sourceIds([one], [{ documentId: two }, { documentId: one }])).toEqual([one, two]);
});

it.each([
  [{}],
  [{ documentId: null }],
  [{ documentId: 7 }],
  [{ documentId: 'x' }],
  [{ documentId: `${one}x` }],
])('lets nobody read what rests on the source %j', (citation) => {
  expect(sourceIds([], [citation])).toEqual([nobody]);
});
