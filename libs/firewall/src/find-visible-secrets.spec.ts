import { describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { findVisibleSecrets } from './find-visible-secrets.js';
import { Firewall } from './firewall.js';
import { inspectText, OVERLAP, WINDOW } from './inspect-text.js';
import { BUILT_IN, withActions } from './policy.js';

// Assembled, so that no scanner of repositories takes these samples for leaks.
const LINE = 'MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDZaB3xQ9zK7m';
const pem = (lines: number): string =>
  [
    '-----BEGIN RSA ',
    'PRIVATE KEY-----\n',
    `${LINE}\n`.repeat(lines),
    '-----END RSA ',
    'PRIVATE KEY-----',
  ].join('');
const headless = (lines: number): string => pem(lines).slice(0, -'\n-----END RSA PRIVATE KEY-----'.length);
const jwt = (length: number): string =>
  ['eyJhbGciOiJIUzI1NiJ9', `eyJzdWIiOiIx${'aB3x'.repeat(length / 8)}`, 'Zz9-_y'.repeat(length / 12)].join(
    '.',
  );
const RUN = 'aB3xQ9zK7mW2'.repeat(20);
/** The prose around the secrets repeats itself. */
const QUIET = withActions({ flooding: 'allow' });
const firewall = new Firewall({ of: () => Promise.resolve(BUILT_IN) });
const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const PROSE = 'The word is plain. ';
const prose = (length: number): string =>
  PROSE.repeat(Math.ceil(length / PROSE.length)).slice(0, length - 1) + ' ';

async function redacted(text: string): Promise<string> {
  return (await firewall.inspectQuestion(ctx, [{ role: 'user', text }])).texts[0] ?? '';
}

it('a block that shows only the form of a key is none; one that is cut off is', () => {
  const [begin, end] = [pem(0).slice(0, 32), pem(0).slice(-29)];
  for (const shown of [`${begin}${end}`, `${begin}anything\n${end}`])
    expect([shown, findVisibleSecrets(shown)]).toEqual([shown, []]);
  for (const key of [pem(1), `${begin}${LINE.slice(0, 24)}\n${end}`, headless(1)])
    expect(findVisibleSecrets(key).map(({ kind }) => kind)).toEqual(['private-key']);
});

describe('secrets across the windows of the rules', () => {
  const STEP = WINDOW - OVERLAP;
  const SECRETS: [string, string][] = [
    ['key of 50 lines', pem(50)],
    ['key of 3 lines', pem(3)],
    ['key longer than a window', pem(1_100)],
    ['JWT of 160', jwt(96)],
    ['JWT of 3,300', jwt(3_300)],
    ['JWT of 70,000', jwt(70_000)],
    ['provider key', `${'sk'}-proj-${RUN.slice(0, 150)}`],
    ['value of 3,000', `token=${RUN.repeat(13)}`],
  ];

  it.each(SECRETS)('%s: nothing is left, wherever it stands', (_, secret) => {
    for (const edge of [STEP, WINDOW, 2 * STEP, WINDOW + STEP]) {
      const offsets = [-secret.length - 1, -3_311, -2_236, -2_048, -1_000, -160, -33, -1, 0, 1, 40].map(
        (n) => edge + n,
      );
      for (const offset of offsets.filter((place) => place > 0)) {
        const [before, after] = [prose(offset), ' and so it goes on.'];
        const { action, hits } = inspectText(QUIET, before + secret + after, 'user');
        expect(action).toBe('redact');
        const value = secret.startsWith('token=') ? 'token='.length : 0;
        const secrets = hits.filter(({ category }) => category === 'secret');
        expect(secrets.map(({ start, end }) => [start, end])).toEqual([
          [before.length + value, before.length + secret.length],
        ]);
      }
    }
  });

  it('a key without a footer goes to the end of the text', async () => {
    for (const offset of [1, 63_300, WINDOW - 40, WINDOW - 1, WINDOW])
      for (const lines of [1, 50, 1_100])
        expect(await redacted(prose(offset) + headless(lines))).toBe(`${prose(offset)}⟦secret:1⟧`);
  });
});

describe('secrets with characters nobody sees', () => {
  const strewn = (text: string, mark: string): string => [...text].join(mark);
  const TOKENS = [
    `${'sk'}-proj-${RUN.slice(0, 60)}`,
    `${'lk'}-${'0123456789abcdef'.repeat(2)}-${RUN.slice(0, 43)}`,
    'AKIAQ3EGRZ7TWPNB5XKM',
    jwt(96),
    pem(3),
  ];

  it.each([
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00ad',
    '\u2060',
    '\u0000',
    '\u0301',
    '\u{e0020}',
    '\u200b\u200c\u{e0100}',
  ])('one between all characters: %j', async (mark) => {
    for (const token of TOKENS) {
      const hidden = strewn(token, mark);
      const [secret, ...more] = findVisibleSecrets(`see \u{1f600} ${hidden} \u{1f600}.`);
      expect(secret).toMatchObject({ start: 7, end: 7 + hidden.length });
      expect(more).toEqual([]);
    }
  });

  it('one anywhere in a token, and before or after it', async () => {
    for (const token of TOKENS)
      for (let at = 0; at <= token.length; at += Math.ceil(token.length / 23)) {
        const hidden = `${token.slice(0, at)}\u200b${token.slice(at)}`;
        const left = (await redacted(`see ${hidden} there`)).replaceAll('\u200b', '');
        expect(left).toBe('see ⟦secret:1⟧ there');
      }
    expect(await redacted(`word\u200b${TOKENS[0]}`)).toBe('word\u200b⟦secret:1⟧');
  });

  it('other forms of its characters', async () => {
    const full = [...`${'sk'}-proj-${RUN.slice(0, 60)}`]
      .map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
      .join('');
    const bold = [...RUN.slice(0, 36)]
      .map((c) => (/[a-z]/.test(c) ? String.fromCodePoint(0x1d41a + c.charCodeAt(0) - 97) : c))
      .join('');
    expect(await redacted(`见 ${full}，谢谢`)).toBe('见 ⟦secret:1⟧，谢谢');
    expect(await redacted(`see ${'gh'}p_${bold}.`)).toBe('see ⟦secret:1⟧.');
    expect(await redacted(`see ${'sk'}\u2011proj\u2011${RUN.slice(0, 40)}.`)).toBe('see ⟦secret:1⟧.');
    expect(await redacted('ｐａｓｓｗｏｒｄ： Tr0ub4dor&3')).toBe('ｐａｓｓｗｏｒｄ： ⟦secret:1⟧');
  });

  it('texts of other scripts are left as they are', async () => {
    for (const text of [
      'می‌خواهم بدانم',
      '密码是多少？（请说明）',
      '👩‍👩‍👧 résumé re\u0301sume\u0301 ½ № ①',
      '\ud800 \udc00',
    ])
      expect(await redacted(text)).toBe(text);
  });

  it('comes to an end with a megabyte', () => {
    for (const unit of ['a\u200b', '\u200b', '\u{1d41a}', 'ａ', 'sk\u200b-', 'eyJ\u200b.'])
      expect(findVisibleSecrets(unit.repeat(1_048_576 / unit.length))).toEqual([]);
  });
});

describe('keys that vendors publish', () => {
  // Of jwt.io, assembled.
  const published = [
    ['eyJhbGciOiJIUzI1NiIs', 'InR5cCI6IkpXVCJ9'].join(''),
    'eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ',
    'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  ].join('.');

  it('are nobody’s secret', () => {
    expect(findVisibleSecrets(`try it with ${published} first`)).toEqual([]);
  });

  it('are secrets once a letter differs', () => {
    const [found] = findVisibleSecrets(`try it with ${published.replace('SflK', 'SfmK')} first`);
    expect(found?.kind).toBe('jwt');
  });
});
