import { describe, expect, it } from '@jest/globals';
import { placeOf } from './mistake-names.js';

const rule = { id: 'own.bluebird' } as never;
const exception = { id: 'e-1', target: 'sql.tautology' } as never;
const draft = { rules: [rule], exceptions: [exception] };

describe('placeOf', () => {
  it.each([
    ['rules.0.catches.1', { in: 'rule', name: 'own.bluebird', field: 'catches', line: 2 }],
    ['rules.0.pattern', { in: 'rule', name: 'own.bluebird', field: 'pattern', line: null }],
    ['exceptions.0.expiresAt', { in: 'exception', name: 'sql.tautology', field: 'expiresAt', line: null }],
    ['actions.path-traversal', { in: 'action', name: 'path-traversal' }],
    ['preset', { in: 'setup', name: 'preset' }],
    ['rules', { in: 'setup', name: 'rules' }],
    ['rules.7.id', { in: 'setup', name: 'rules.7.id' }],
  ])('%s', (path, place) => expect(placeOf(path, draft)).toEqual(place));
});
