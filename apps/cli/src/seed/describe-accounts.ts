import type { NewAccount } from './seed.js';

/** Lines that show new accounts with their passwords, once. Nothing when there are none. */
export function describeAccounts(accounts: readonly NewAccount[]): string[] {
  if (accounts.length === 0) return [];
  const width = Math.max(...accounts.map(({ email }) => email.length));
  return [
    '',
    'Accounts, with passwords that are shown this once (npm run -s lorekeep -- reset-passwords makes new ones):',
    ...accounts.map(({ email, password }) => `  ${email.padEnd(width)}  ${password}`),
    ...mustChange(accounts).map((line) => `  ${line}`),
    '',
  ];
}

/** One line that names the accounts whose password lets them do nothing but choose their own. None when there are none. */
export function mustChange(accounts: readonly NewAccount[]): string[] {
  const emails = accounts.filter((account) => account.mustChangePassword).map(({ email }) => email);
  if (emails.length === 0) return [];
  return [`At the first sign-in ${emails.join(', ')} must choose a password of their own.`];
}
