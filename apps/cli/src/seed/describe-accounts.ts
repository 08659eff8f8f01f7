import type { NewAccount } from './seed.js';

/** Lines that show new accounts with their passwords, once. Nothing when there are none. */
export function describeAccounts(accounts: readonly NewAccount[]): string[] {
  if (accounts.length === 0) return [];
  const width = Math.max(...accounts.map(({ email }) => email.length));
  return [
    '',
    'Accounts, with passwords that are shown this once (npm run -s lorekeep -- reset-passwords makes new ones):',
    ...accounts.map(({ email, password }) => `  ${email.padEnd(width)}  ${password}`),
    '',
  ];
}
