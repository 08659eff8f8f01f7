import { describe, expect, it } from '@jest/globals';
import { findSecrets } from './find-secrets.js';

const seen = (text: string) =>
  findSecrets(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
const A36 = 'a1B2'.repeat(9);
// Assembled, so that no scanner of repositories takes these samples for leaks.
const SLACK = ['xoxb', '123456789012', 'abcdefGHIJ'].join('-');
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.');
const KEY = ['-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIB\n-----END RSA ', 'PRIVATE KEY-----'].join('');

describe('findSecrets', () => {
  it.each([
    ['AWS access key', 'id AKIAIOSFODNN7EXAMPLE.', ['aws-access-key AKIAIOSFODNN7EXAMPLE']],
    ['GitHub token', `use ghp_${A36}, please`, [`github-token ghp_${A36}`]],
    ['GitHub fine-grained token', `github_pat_${A36}_x`, [`github-token github_pat_${A36}_x`]],
    ['Slack token', `«${SLACK}»`, [`slack-token ${SLACK}`]],
    [
      'Slack hook',
      'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx',
      ['slack-token https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx'],
    ],
    ['JWT', `Bearer ${JWT},`, [`jwt ${JWT}`]],
    ['private key', `a ${KEY} b`, [`private-key ${KEY}`]],
    ['private key cut off', KEY.slice(0, 40), [`private-key ${KEY.slice(0, 40)}`]],
    [
      'connection string',
      'postgres://app:s3cr@t@db.local/x',
      ['connection-string postgres://app:s3cr@t@db.local'],
    ],
    ['password', 'password: hunter2', ['password hunter2']],
    ['password in JSON', '{"password": "correct horse"}', ['password correct']],
    ['password in Chinese', '密码：Abc12345，请保密', ['password Abc12345']],
    ['password said', 'my password is hunter2!', ['password hunter2!']],
    ['password said in Chinese', '密码是123456', ['password 123456']],
    ['password in emphasis', '**Password:** `swordfish`', ['password swordfish']],
    ['password by variable', 'DB_PASSWORD=tr0ub4dor&3', ['password tr0ub4dor&3']],
    ['password last on its line', 'password: swordfish\nuser: x', ['password swordfish']],
    [
      'key',
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      ['key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ],
    ['key in Chinese', '密钥：9f8e7d6c5b4a', ['key 9f8e7d6c5b4a']],
  ])('finds: %s', (_, text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it.each([
    'Password: must be at least 12 characters',
    'Your password is required',
    '密码是多少？密码：必须包含数字',
    'password: $' + '{DB_PASSWORD}',
    'password: <your password>',
    'password: ********',
    'password = getPassword()',
    'the secret: nobody knows',
    'token: string',
    'AKIAIOSFODNN7EXAMPLEX and XAKIAIOSFODNN7EXAMPLE',
    'postgres://localhost:5432/x and mail@example.com',
    'https://example.com/a:b@c',
    'postgres://user:$' + '{PASSWORD}@host/db',
    'ghp_tooshort, xoxb-1, eyJhbGci.eyJ',
    '-----BEGIN PUBLIC KEY-----',
    'How do I reset my password?',
  ])('leaves alone: %s', (text) => {
    expect(seen(text)).toEqual([]);
  });

  it('finds several, in order and apart', () => {
    const text = `password: hunter2\ntoken: ghp_${A36}\n密码：654321`;
    const findings = findSecrets(text);
    expect(findings.map(({ kind }) => kind)).toEqual(['password', 'github-token', 'password']);
  });
});
