import { describe, expect, it } from '@jest/globals';
import { describeAccounts } from './describe-accounts.js';

const account = (email: string, mustChangePassword: boolean) => ({
  email,
  displayName: email,
  password: `password of ${email}`,
  mustChangePassword,
});

describe('describeAccounts', () => {
  it('says beneath the passwords who must change theirs', () => {
    const lines = describeAccounts([account('admin@x', true), account('hr@x', false)]);
    expect(lines.slice(2)).toEqual([
      '  admin@x  password of admin@x',
      '  hr@x     password of hr@x',
      '  At the first sign-in admin@x must choose a password of their own.',
      '',
    ]);
    expect(describeAccounts([account('hr@x', false)]).join('\n')).not.toContain('first sign-in');
    expect(describeAccounts([])).toEqual([]);
  });
});
