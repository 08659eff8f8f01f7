import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS, ROLES, type Role } from '@lorekeep/kit/context';
import { permissionsOf, permissionsOfKey } from './permissions.js';

describe('permissionsOf', () => {
  it('gives each role what it needs', () => {
    expect([...permissionsOf(['employee'])].sort()).toEqual(['account', 'ask', 'documents.read', 'keys']);
    expect([...permissionsOf(['support'])].sort()).toEqual([
      'account',
      'ask',
      'documents.read',
      'drafts',
      'keys',
    ]);
    expect([...permissionsOf(['auditor'])].sort()).toEqual(['account', 'audit.read', 'scanner.hits']);
    expect(permissionsOf(['admin']).has('audit.read')).toBe(false);
    expect(permissionsOf(['admin']).size).toBe(PERMISSIONS.length - 1);
  });

  it('adds roles up and gives nothing for none or an unknown one', () => {
    expect(permissionsOf([...ROLES]).size).toBe(PERMISSIONS.length);
    expect(permissionsOf([]).size).toBe(0);
    expect(permissionsOf(['root' as Role]).size).toBe(0);
  });
});

describe('permissionsOfKey', () => {
  it('is the owner’s rights within the scopes, never more than either', () => {
    expect([...permissionsOfKey(['employee'], ['ask', 'admin.users', 'nonsense'])]).toEqual(['ask']);
    expect(permissionsOfKey(['admin'], []).size).toBe(0);
    expect(permissionsOfKey([], ['ask']).size).toBe(0);
  });
});
