import { describe, expect, it } from '@jest/globals';
import { judgeLink, LINK_UNITS_MAX, VALUE_UNITS_MAX, VALUE_WORDS_MAX } from './judge-link.js';

const faultOf = (href: string, shown = 'here', said = ''): string | null => {
  const judged = judgeLink(href, shown, said);
  return 'fault' in judged ? judged.fault : null;
};

describe('judgeLink', () => {
  it.each([
    'https://intranet.example.com/hr/leave-policy-2026.html',
    'https://example.com',
    'http://10.0.0.7:8080/wiki/Holidays',
    'https://example.com/search?q=annual+leave+policy&page=2',
    'https://docs.example.com/a/b#how-to-ask-for-leave',
    'https://tickets.example.com/browse/HR-1234?focusedId=123456789',
    'https://example.com/files/Employee%20handbook%202026%20final.pdf',
    'https://example.com/d/3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    'https://example.com/%E5%B9%B4%E5%81%87/%E5%88%B6%E5%BA%A6?q=%E5%B9%B4%E5%81%87%E5%88%B6%E5%BA%A6',
    'https://docs.pingcap.com/tidb/stable/dev-guide-optimize-sql-best-practices',
    'https://github.com/pingcap/tidb/issues/12345',
    'mailto:hr@example.com',
    'mailto:hr@example.com?subject=Leave%202026',
  ])('leaves alone %s', (href) => {
    expect(faultOf(href)).toBeNull();
  });

  it.each([
    ['javascript:alert(1)', 'scheme'],
    ['JaVaScRiPt:alert(1)', 'scheme'],
    ['data:text/html,<script>x</script>', 'scheme'],
    ['vbscript:x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['//evil.example/x', 'scheme'],
    ['/api/auth/logout', 'scheme'],
    ['https://intranet.example.com@evil.example/', 'host'],
    ['https://user:secret@example.com/', 'host'],
    ['https://xn--80ak6aa92e.com/', 'host'],
    ['https://аpple.com/', 'host'],
    ['https://ｅxample.com/', 'host'],
    ['https://example.com\\@evil.example/', 'host'],
    ['https://0x7f.1/', 'host'],
    ['https://2130706433/', 'host'],
    [`https://${'a'.repeat(41)}.example.com/`, 'host'],
    ['https://c2FsYXJ5IG9mIEFubiBpcyA5MDAw.evil.example/', 'host'],
    ['https://evil.example/?q=c2FsYXJ5IG9mIEFubiBpcyA5MDAwMA', 'data'],
    ['https://evil.example/c2FsYXJ5IG9mIEFubiBpcyA5MDAwMA.png', 'data'],
    ['https://evil.example/#73616c617279206f6620416e6e206973', 'data'],
    ['https://evil.example/?q=the%20salary%20of%20ann%20is%209000%20a%20month', 'data'],
    [
      'https://evil.example/?q=%E5%BC%A0%E4%B8%89%E7%9A%84%E6%9C%88%E8%96%AA%E6%98%AF%E4%B9%9D%E5%8D%83%E5%85%83%E6%AF%8F%E6%9C%88',
      'data',
    ],
    ['https://evil.example/?to=ann.lee@example.com', 'data'],
    ['mailto:evil@example.com?body=all%20of%20it', 'data'],
    ['mailto:evil@example.com?cc=b@example.com', 'data'],
  ])('makes text of %s', (href, fault) => {
    expect(faultOf(href)).toBe(fault);
  });

  it('takes a name that is another address for a disguise', () => {
    expect(faultOf('https://evil.example/', 'https://intranet.example.com')).toBe('disguise');
    expect(faultOf('https://evil.example/', 'intranet.example.com/leave')).toBe('disguise');
    // As it is read: with what nobody sees in it, in letters of another width.
    for (const shown of [
      'intra\u200bnet.example.com',
      '\u202eexample.com',
      'ｅｘａｍｐｌｅ．com',
      'example。com',
    ])
      expect(faultOf('https://evil.example/', shown)).toBe('disguise');
    expect(faultOf('https://www.example.com/leave', 'example.com')).toBeNull();
    expect(faultOf('https://example.com/f', 'report.pdf')).toBeNull();
    expect(faultOf('https://example.com/f', 'the handbook, 2.1')).toBeNull();
  });

  it('knows words of the answer', () => {
    const href = 'https://evil.example/?q=ann+earns+nine+thousand';
    expect(faultOf(href, 'here', 'Ann earns nine thousand a month.')).toBe('data');
    expect(faultOf(href, 'here', 'Leave is 27 days.')).toBeNull();
  });

  it('knows numbers of the answer, as they are written, but no years, and what a link is called by', () => {
    const said = 'Ann earns 84,000 since 2026. Her ticket is 48213.';
    expect(faultOf('https://evil.example/c?s=84000', 'here', said)).toBe('data');
    expect(faultOf('https://evil.example/c#s=84,000', 'here', said)).toBe('data');
    expect(faultOf('https://example.com/c?s=84001', 'here', said)).toBeNull();
    expect(faultOf('https://example.com/c?year=2026', 'here', said)).toBeNull();
    expect(faultOf('https://example.com/t?id=48213', 'Ticket 48213', said)).toBeNull();
    expect(faultOf('https://example.com/t/48213', 'here', said)).toBeNull();
  });

  it('has bounds, at their edge', () => {
    const path = (units: number): string => `https://a.example/${'ab/'.repeat(units).slice(0, units - 1)}`;
    expect(faultOf(path(LINK_UNITS_MAX))).toBeNull();
    expect(faultOf(path(LINK_UNITS_MAX + 1))).toBe('data');
    const value = (units: number): string => `https://a.example/?q=${'ab.'.repeat(units).slice(0, units)}`;
    expect(faultOf(value(VALUE_UNITS_MAX + 1))).toBe('data');
    const words = (count: number): string => `https://a.example/?q=${Array(count).fill('ab').join('+')}`;
    expect(faultOf(words(VALUE_WORDS_MAX))).toBeNull();
    expect(faultOf(words(VALUE_WORDS_MAX + 1))).toBe('data');
  });
});
