import { describe, expect, it } from '@jest/globals';
import { findPersonalData } from './find-personal-data.js';
import { findSecrets } from './find-secrets.js';
import { Matcher } from './matcher.js';

/*
 * Texts made to keep a scanner trying. 32 kB is the longest question; at 1 MB anything quadratic would
 * need 10^12 steps, hence most of an hour, where linear work takes well under a second. No clock is asked: what is
 * not linear does not come to its end.
 */
const SIZES = [32_768, 1_048_576];

const HOSTILE: Record<string, (size: number) => string> = {
  'one letter': (n) => 'a'.repeat(n),
  digits: (n) => '1'.repeat(n),
  'digits in groups': (n) => '4111 '.repeat(n / 5),
  'digits one by one': (n) => '4 1-'.repeat(n / 4),
  'at signs': (n) => '@'.repeat(n),
  'addresses without an end': (n) => 'a@a.a-'.repeat(n / 6),
  'a local part without an end': (n) => 'a.'.repeat(n / 2) + '@',
  'key headers without a footer': (n) => '-----BEGIN PRIVATE KEY-----'.repeat(n / 27),
  'headers cut off': (n) => '-----BEGIN RSA RSA RSA '.repeat(n / 23),
  'footers without a header': (n) =>
    '-----BEGIN '.repeat(n / 22) + '-----END PRIVATE KEY-----'.repeat(n / 50),
  'token parts': (n) => 'eyJ'.repeat(n / 3),
  'token parts with dots': (n) => 'eyJ.'.repeat(n / 4),
  'token parts after separators': (n) => '-eyJ.eyJ'.repeat(n / 8),
  'token parts in one run': (n) => 'eyJ'.repeat(n / 6) + '.eyJ'.repeat(n / 8),
  'keys of every provider': (n) => 'sk-sk_live_AIzaglpat-npm_lk-'.repeat(n / 28),
  'keys that were never drawn': (n) => 'sk-'.repeat(n / 3),
  'ids of AWS': (n) => 'AKIAIOSFODNN7EXAMPLE+'.repeat(n / 21),
  schemata: (n) => 'Authorization: Bearer '.repeat(n / 22),
  bearers: (n) => 'bearer a'.repeat(n / 8),
  'curl options': (n) => 'curl'.repeat(n / 8) + ' -u a:b'.repeat(n / 14),
  passes: (n) => 'my pass is '.repeat(n / 11),
  passphrases: (n) => 'passphrase: aaa aaa aaa '.repeat(n / 24),
  'values without an end': (n) => 'token=a1'.repeat(n / 8),
  'token prefixes': (n) => 'xoxb-ghp_AKIA'.repeat(n / 13),
  schemes: (n) => 'a://'.repeat(n / 4),
  'authorities without an end': (n) => 'a://a:a@'.repeat(n / 8),
  keywords: (n) => 'password'.repeat(n / 8),
  'keywords assigned to each other': (n) => 'password=password:'.repeat(n / 18),
  'options of a program': (n) => 'mysql -p'.repeat(n / 8),
  'options that are named so': (n) => ' --token '.repeat(n / 9),
  'keys by weak words': (n) => 'key=a1b2'.repeat(n / 8),
  'keys on the next line': (n) => 'token>\n'.repeat(n / 7),
  'values beside their names': (n) => `"token", "value": "`.repeat(n / 19),
  'marks of tokens': (n) => '1|Q~:AA_mmk.atlasv1._secret_.v1.eyJ'.repeat(n / 35),
  'hexadecimal everywhere': (n) => '0123456789abcdef'.repeat(n / 16),
  'the beginning of every provider': (n) =>
    'LTAISTS.AKIDdapiops_eyJABSKsl.1//0v1.0-pat.glpat-'.repeat(n / 48),
  hooks: (n) => 'https://hooks.slack.com/services/'.repeat(n / 33),
  'nothing but x': (n) => 'sk-' + 'x'.repeat(n - 3),
  'country codes': (n) => '86 '.repeat(n / 3),
  'users of curl': (n) => 'curl' + " -u a1b2c3d4:'".repeat(n / 14),
  'keywords with blanks': (n) => 'password   :   '.repeat(n / 15),
  'Chinese keywords': (n) => '密码是密码为'.repeat(n / 6),
  'zero width': (n) => '\u200b'.repeat(n),
};

describe('linear time', () => {
  describe.each(Object.entries(HOSTILE))('%s', (_, make) => {
    it.each(SIZES)('%d units', (size) => {
      const text = make(size);
      for (const { start, end } of [...findSecrets(text), ...findPersonalData(text)])
        if (start >= end || end > text.length) throw new Error(`${start} to ${end} is no part of the text`);
      expect(text.length).toBeGreaterThan(size / 3);
    });
  });

  it('matches nested entries and hostile texts without trying again', () => {
    const entries = Array.from({ length: 200 }, (_, i) => ({
      id: String(i),
      text: 'a'.repeat(i + 1) + 'b',
      wholeWord: false,
    }));
    const matcher = new Matcher(entries);
    expect(matcher.findAll('a'.repeat(1_048_576))).toEqual([]);
  });
});
