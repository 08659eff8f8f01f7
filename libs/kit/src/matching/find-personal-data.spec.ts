import { describe, expect, it } from '@jest/globals';
import { findPersonalData } from './find-personal-data.js';
import { isResidentId, passesLuhn } from './number-checks.js';

const seen = (text: string) =>
  findPersonalData(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

describe('findPersonalData', () => {
  it.each([
    ['write to ann.lee+x@mail.example.com.', ['email ann.lee+x@mail.example.com']],
    ['邮箱：wang@example.cn，谢谢', ['email wang@example.cn']],
    ['a@b.co c@d.org', ['email a@b.co', 'email c@d.org']],
    ['card 4111 1111 1111 1111 thanks', ['bank-card 4111 1111 1111 1111']],
    ['4111-1111-1111-1111', ['bank-card 4111-1111-1111-1111']],
    ['卡号4111111111111111。', ['bank-card 4111111111111111']],
    ['378282246310005', ['bank-card 378282246310005']],
    ['3782 822463 10005', ['bank-card 3782 822463 10005']],
    ['6222021234567890128', passesLuhn('6222021234567890128') ? ['bank-card 6222021234567890128'] : []],
    ['身份证11010519491231002X', ['cn-resident-id 11010519491231002X']],
    ['11010519491231002x,', ['cn-resident-id 11010519491231002x']],
    ['手机13812345678。', ['cn-mobile 13812345678']],
    ['+86 138-1234-5678', ['cn-mobile 86 138-1234-5678']],
    [
      '{"a":"x\\n138 1234 5678\\t11010519491231002X\\n"}',
      ['cn-mobile 138 1234 5678', 'cn-resident-id 11010519491231002X'],
    ],
    [
      '"\\nGB82 WEST 1234 5698 7654 32\\n192.168.13.77"',
      ['iban GB82 WEST 1234 5698 7654 32', 'ip-address 192.168.13.77'],
    ],
    [
      '{"a":"\\u201c4111 1111 1111 1111\\u201d \\u5361\\u53f76222021234567890128 \\x2213812345678"}',
      ['bank-card 4111 1111 1111 1111', 'bank-card 6222021234567890128', 'cn-mobile 13812345678'],
    ],
    [
      '"\\n+86 13812345678\\n+44 20 7946 0958\\u0022+1 555 010 9999\\u003e2001:db8::8a2e:370:7334\\n2001:db8::1"',
      [
        'cn-mobile 86 13812345678',
        'phone +44 20 7946 0958',
        'phone +1 555 010 9999',
        'ip-address 2001:db8::8a2e:370:7334',
        'ip-address 2001:db8::1',
      ],
    ],
    [
      '"\\u94f6GB82WEST12345698765432 \\u00e9192.168.13.77"',
      ['iban GB82WEST12345698765432', 'ip-address 192.168.13.77'],
    ],
    ['IPv6:2001:db8::1 地址:2001:db8::2', ['ip-address 2001:db8::1', 'ip-address 2001:db8::2']],
    ['_13812345678_ **__192.168.13.77__**', ['cn-mobile 13812345678', 'ip-address 192.168.13.77']],
    ['138 1234 5678', ['cn-mobile 138 1234 5678']],
    ['2026-11-20 13812345678', ['cn-mobile 13812345678']],
    [
      '订单号: 4111 1111 1111 1111, order no: 138 1234 5678',
      ['bank-card 4111 1111 1111 1111', 'cn-mobile 138 1234 5678'],
    ],
    ['13812345678.5楼 13812345679.2. Address', ['cn-mobile 13812345678', 'cn-mobile 13812345679']],
    ['(138)1234-5678, (138) 1234 5678', ['cn-mobile 138)1234-5678', 'cn-mobile 138) 1234 5678']],
    ['138/1234/5678 138_1234_5678', ['cn-mobile 138/1234/5678', 'cn-mobile 138_1234_5678']],
    ['1101 0519 4912 3100 2X', ['cn-resident-id 1101 0519 4912 3100 2X']],
    [
      'https://a.example/?phone=13812345678 Tel-13812345678',
      ['cn-mobile 13812345678', 'cn-mobile 13812345678'],
    ],
    ['gb82west12345698765432', ['iban gb82west12345698765432']],
    ['de89370400440532013000', ['iban de89370400440532013000']],
    ['de89 3704 0044 0532 0130 00', ['iban de89 3704 0044 0532 0130 00']],
    ['+1.2025550123', ['phone +1.2025550123']],
    [
      '+1 202 555 0123 24/7, +1 (202) 555-0123 9-17, +7 495 123 45 67 10',
      ['phone +1 202 555 0123', 'phone +1 (202) 555-0123', 'phone +7 495 123 45 67'],
    ],
    ['+1 202 555 01234', []],
  ])('finds: %s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it.each([
    ['a card that fails the check', '4111 1111 1111 1112'],
    ['an id with a wrong check digit', '110105194912310021'],
    ['an id with an impossible date', '11010519490231002X'],
    ['digits that are part of more', '138123456789 a13812345678 3.13812345678'],
    ['what a letter that is written as an escape stands before', '"\\u006113812345678 \\x4113812345678"'],
    ['names with underscores', 'id_13812345678 a__192.168.13.77 192.168.13.77_a'],
    ['a timestamp', '1700000000000'],
    ['a uuid', '550e8400-e29b-41d4-a716-446655440000'],
    ['zeros', '0000 0000 0000 0000'],
    ['versions and amounts', 'v1.2.3, 12,345,678.90, 192.43267836'],
    ['handles', '@name, a@b, a@b.1, @'],
    ['files and accounts of programs', 'icon@2x.png git@github.com:a/b npm@10.9.json'],
    ['times and records of 18 digits', '407306449994645510 415508878783938562 433305438660591626'],
    [
      'what is called something else',
      '订单号：4111111111111111 order id: 6222021234567890128 "size"=13812345678',
    ],
    ['fractions', '.4111111111111111 = .5105105105105100 4111111111111111.25 13812345678.5'],
    ['parts of addresses', 'https://a.example/o/team-13413630716 /articles/4111111111111111-copy'],
    ['sums and short numbers with a plus', 'm=+2168762.679540369 +100000000 +12345678'],
    ['sections', '§ 3.2.6.6, section 7.6.1.1, 第 1.2.3.4 节'],
    ['groups of other numbers', '(138) 2 items, 86/13800, 138 0013 80, (2023) 2024 2025'],
  ])('leaves alone %s', (_, text) => {
    expect(seen(text)).toEqual([]);
  });

  it('knows the check digit of a resident id in every position', () => {
    const good = '11010519491231002X';
    expect(isResidentId(good)).toBe(true);
    for (let i = 0; i < 17; i++) {
      const other = String((Number(good[i]) + 1) % 10);
      expect(isResidentId(good.slice(0, i) + other + good.slice(i + 1))).toBe(false);
    }
  });
});
