import { describe, expect, it } from '@jest/globals';
import { findSecrets } from './find-secrets.js';

const seen = (text: string) =>
  findSecrets(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
const A36 = 'a1B2'.repeat(9);
// Assembled, so that no scanner of repositories takes these samples for leaks.
const SLACK = ['xoxb', '123456789012', 'abcdefGHIJ'].join('-');
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.');
const KEY = ['-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIB\n-----END RSA ', 'PRIVATE KEY-----'].join('');

// Values like those of the providers, drawn by nobody.
const RUN = (length: number): string => 'aB3xQ9zK7mW2'.repeat(30).slice(0, length);
/** Without a secret in it. */
const PUTTY = [
  'PuTTY-User-',
  'Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: ',
  'ab12'.repeat(10),
].join('');
const HEX = '0123456789abcdef'.repeat(4);
const LOREKEEP = ['lk', HEX.slice(0, 32), `${RUN(20)}-_${RUN(21)}`].join('-');
const AWS_SECRET = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCY2uV8nQ4tLs'].join('/');
const ID = ['AKIA', 'Q3EGRZ7TWPNB5XKM'].join('');

describe('findSecrets', () => {
  it.each([
    ['lorekeep-key', LOREKEEP],
    ['openai-key', `${'sk'}-${RUN(48)}`],
    ['openai-key', `${'sk'}-proj-${RUN(60)}_${RUN(60)}-${RUN(30)}`],
    ['openai-key', `${'sk'}-${HEX.slice(0, 32)}`],
    ['stripe-key', `${'sk'}_live_${RUN(24)}`],
    ['stripe-key', `${'rk'}_live_${RUN(99)}`],
    ['google-api-key', `${'AI'}za${RUN(35)}`],
    ['gitlab-token', `${'glp'}at-${RUN(20)}`],
    ['npm-token', `${'np'}m_${RUN(36)}`],
    ['provider-token', `${'tvl'}y-${RUN(32)}`],
    ['provider-token', `${'sb'}_secret_${RUN(32)}`],
    ['provider-token', `${'r'}e_${RUN(8)}_${RUN(24)}`],
    ['provider-token', `${'pa'}t_${RUN(64)}`],
  ])('finds a %s whole, between anything: %s', (kind, token) => {
    const places = ['', ' ', '"', '=', '(', '`', '/', '_', '，', String.raw`line\n`];
    for (const before of places)
      for (const after of ['', ' ', '.', ',', '"', ')', '`', '\n', '，'])
        expect(findSecrets(`${before}${token}${after}`)).toEqual([
          { kind, start: before.length, end: before.length + token.length },
        ]);
  });

  it.each([
    ['header', `Authorization: Bearer ${RUN(12)}`, [`authorization ${RUN(12)}`]],
    ['header in JSON', `{"Authorization": "Bearer ${RUN(40)}"}`, [`authorization ${RUN(40)}`]],
    ['header, basic', 'authorization: ' + 'basic dXNlcjpwYXNzMTIz', ['authorization dXNlcjpwYXNzMTIz']],
    ['header, long', `Authorization: Bearer ${RUN(300).repeat(9)}`, [`authorization ${RUN(300).repeat(9)}`]],
    ['scheme alone', `with bearer ${RUN(30)} it works`, [`authorization ${RUN(30)}`]],
    ['curl', 'curl ' + '-u bob:hunter2x https://a.example', ['password hunter2x']],
    ['password like a member, quoted', '"password":' + '"data.Base99!"', ['password data.Base99!']],
    ['password like a member, with figures', 'password: ' + 'config.prod99', ['password config.prod99']],
    ['curl, like a member', 'curl ' + '-u bob:data.Base99! https://a.example', ['password data.Base99!']],
    ['curl, quoted', 'curl ' + `-sS --user 'bob:two words' https://a.example`, ['password two words']],
    ['curl, continued', 'curl ' + 'https://a.example \\\n  -u bob:swordfish', ['password swordfish']],
    ['Azure', `AccountName=a;AccountKey=${RUN(86)}==;EndpointSuffix=b`, [`key ${RUN(86)}==`]],
    ['pass said', 'hello, my pass is hunter2 but it fails', ['password hunter2']],
    ['pass said, digits', 'my pass is 4711081', ['password 4711081']],
    ['pass of a login', 'user: bob pass: hunter2', ['password hunter2']],
    ['pass by variable', 'DB_PASS=tr0ub4dor', ['password tr0ub4dor']],
    ['passcode', 'passcode: 482917', ['password 482917']],
    ['passphrase', 'passphrase: correct horse battery staple', ['password correct horse battery staple']],
    [
      'passphrase in quotes',
      'Passphrase = "correct horse battery staple", ok',
      ['password correct horse battery staple'],
    ],
    [
      'passphrase said',
      'My passphrase is correct horse battery staple.',
      ['password correct horse battery staple'],
    ],
    ['passphrase of one word', 'passphrase: swordfish', ['password swordfish']],
    ['passphrase, strong', 'passphrase: Tr0ub4dor&3', ['password Tr0ub4dor&3']],
    ['AWS pair', `${ID} ${AWS_SECRET}`, [`aws-access-key ${ID}`, `aws-secret-key ${AWS_SECRET}`]],
    [
      'AWS pair, apart',
      `id ${ID}${' '.repeat(119)}(${AWS_SECRET})`,
      [`aws-access-key ${ID}`, `aws-secret-key ${AWS_SECRET}`],
    ],
    ['value beyond what is judged', `token=${RUN(300).repeat(4)} x`, [`key ${RUN(300).repeat(4)}`]],
    ['key behind a value', `password: x1y2${KEY}`, [`private-key x1y2${KEY}`]],
    ['JWT behind anything', `a_${JWT} x${JWT}.`, [`jwt ${JWT}`, `jwt ${JWT}`]],
  ])('finds: %s', (_, text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it.each([
    `commit ${HEX.slice(0, 40)} after ${HEX}`,
    `550e8400-e29b-41d4-a716-446655440000`,
    `![](data:image/png;base64,iVBORw0KGgo${RUN(200)}/+AKIA${RUN(90)}=)`,
    'the class sk-text-repr-fallback-of-an-estimator and sk-container-id-12-and-more',
    'sk-2024-annual-report-of-the-company, task-aB3xQ9zK7mW2aB3xQ9zK7mW2',
    `sk-${'x'.repeat(48)}`,
    'sk_live_… and sk_live_xxxxxxxxxxxxxxxxxxxxxxxx',
    'npm_config_registry, npm_lifecycle_event_of_a_package_that_is_long',
    'glpat-<your token here>, glpat-xxxxxxxxxxxxxxxxxxxx',
    `sgp_5555555dAAAAA7777777CcccCF${'a'.repeat(14)}`,
    'lk-…4f2a and lk-<tenant>-<secret>',
    'AIzaSomething',
    'Authorization: Bearer <token>, Authorization: Bearer ${' + 'TOKEN}, Authorization: Bearer YOUR_TOKEN',
    'Authorization: Bearer authentication is required. Bearer tokens expire.',
    'the bearer of-this-certificate-is-entitled',
    'curl -u user:password https://a.example and curl -u $USER:$PASS b',
    'curl --user user:pass https://a.example',
    'docker run -u 1000:1000 image; curl b\nchown -u bob:hunter2x',
    'AccountKey=<key>;',
    'my pass is expired',
    'My pass is valid until 2027, what now?',
    'The pass is 1200 metres high; the pass is 2km long; my pass is 3rd-class',
    'boarding pass: LH1234X, pass: 1200, fail: 3',
    'Can I pass: yes. Do tests pass=true?',
    'the passphrase must be long',
    'Passphrase: must be at least four words long',
    'The passphrase is stored encrypted inside vaults.',
    'A passphrase is better than a password, is it not?',
    `${ID.slice(0, 19)} ${AWS_SECRET}`,
  ])('takes this for no secret: %s', (text) => {
    expect(seen(text)).toEqual([]);
  });

  it('takes nothing but a secret behind an AWS id for one, and that within reach', () => {
    for (const text of [
      `${ID} ${HEX.slice(0, 40)}`,
      `${ID} ${AWS_SECRET}x`,
      `${ID}${' '.repeat(121)}${AWS_SECRET}`,
    ])
      expect(seen(text)).toEqual([`aws-access-key ${ID}`]);
  });

  it.each([
    ['AWS access key', `id ${ID}.`, [`aws-access-key ${ID}`]],
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
    ['key', `aws_secret_access_key = ${AWS_SECRET}`, [`key ${AWS_SECRET}`]],
    ['key in Chinese', '密钥：9f8e7d6c5b4a', ['key 9f8e7d6c5b4a']],
    ['password in the next line', '密码：\n  hunter2abc\n', ['password hunter2abc']],
    ['password in the next line, after markup', '**Password:**\r\n`hunter2abc`', ['password hunter2abc']],
    ['password in a cell', '| 密码 | l8hrW27r |', ['password l8hrW27r']],
    [
      'password behind an arrow',
      'password → Abc12345, 密码->Abc12345',
      ['password Abc12345', 'password Abc12345'],
    ],
    ['password with signs of a form', '"password": "qT7&zK4=mW9pX"', ['password qT7&zK4=mW9pX']],
    ['key of a word that ends like a place', `BACKEND_API_KEY=${AWS_SECRET}`, [`key ${AWS_SECRET}`]],
    ['token of a word that ends like a place', `frontend_token=${AWS_SECRET}`, [`key ${AWS_SECRET}`]],
    ['secret of a place', `GPG_PRIVATE_KEY=${AWS_SECRET}`, [`key ${AWS_SECRET}`]],
    ['password of a form', 'password=alice-secret&user=x', ['password alice-secret']],
    ['password of an address', 'https://a.example/?user=b&password=secretly&c=d', ['password secretly']],
    [
      'password in traditional Chinese, in Japanese',
      '密碼：Abc12345 パスワード：Abc12345',
      ['password Abc12345', 'password Abc12345'],
    ],
    ['key in small letters', KEY.toLowerCase(), [`private-key ${KEY.toLowerCase()}`]],
    [
      'key of SSH2',
      `---- BEGIN SSH2 ENCRYPTED ${'PRIVATE'} KEY ----\nab`,
      [`private-key ---- BEGIN SSH2 ENCRYPTED ${'PRIVATE'} KEY ----\nab`],
    ],
    ['key of PuTTY', `${PUTTY}\nend`, [`private-key ${PUTTY}`]],
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
    `${ID}XX and X${ID}, AKIAIOSFODNN7EXAMPLE`,
    'postgres://localhost:5432/x and mail@example.com',
    'https://example.com/a:b@c',
    'postgres://user:$' + '{PASSWORD}@host/db',
    'ghp_tooshort, xoxb-1, eyJhbGci.eyJ',
    '-----BEGIN PUBLIC KEY-----',
    'How do I reset my password?',
    'Password:\n- at least 8 characters\npassword:\n  type: string\npassword:\n  minLength: 8',
    '密码：\n1. 打开设置\n密码：\n至少8位',
    'password = req.body.password; password == confirm_password: password: !vault x, password: *default_password',
    "password: auth[1], Pass `--foo2bar` to it, 'PASSWORD' 'EXPIRE' 'NEVER', paths: ['password', 'secrets.*']",
    'mysql://<prefix>.root:<password>@gateway01.<region>.example',
    's3://b?access-key=minio&secret-access-key=miniostorage&endpoint=http://h1:6060',
    `badge.svg?token=${RUN(10)} GPG key: ${HEX.slice(0, 40)} START_KEY: ${HEX} end_key=${AWS_SECRET}`,
    '| password | string | required | token | varchar(64) |',
    `A file that begins with ${['PuTTY-User-', 'Key-File-2:'].join('')} is a private key. Never send it by mail.`,
    'PuTTY-User-Key files, ---- BEGIN ----, -----begin-----',
  ])('leaves alone: %s', (text) => {
    expect(seen(text)).toEqual([]);
  });

  it('finds several, in order and apart', () => {
    const text = `password: hunter2\ntoken: ghp_${A36}\n密码：654321`;
    const findings = findSecrets(text);
    expect(findings.map(({ kind }) => kind)).toEqual(['password', 'github-token', 'password']);
  });
});
