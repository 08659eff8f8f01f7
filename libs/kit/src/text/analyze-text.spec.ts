import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CHINESE_WORDS } from './chinese-words.js';
import { analyze, ANALYZER_VERSION, TERM_LENGTH_MAX } from './index.js';
import { IRREGULAR_FORMS } from './irregular-forms.js';
import { CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS } from './stop-words.js';
import { TRADITIONAL_CHARACTERS } from './traditional-characters.js';

const meets = (question: string, document: string): boolean => {
  const terms = new Set(analyze(document));
  return analyze(question).every((term) => terms.has(term));
};

describe('analyze', () => {
  it('stems English and drops stop words', () => {
    expect(analyze('How many days of annual leave do I get?')).toEqual([
      'mani',
      'day',
      'annual',
      'leav',
      'get',
    ]);
    expect(analyze("The company's policies don't apply")).toEqual(['compani', 'polici', 'appli']);
    expect(analyze('employees’ holidays')).toEqual(analyze("employee's holiday"));
    expect(analyze("O'Brien l'avion")).toEqual(["o'brien", 'brien', "l'avion", 'avion']);
  });

  it('cuts Chinese into words of the dictionary without stop words, names into pairs', () => {
    expect(analyze('年假多少天')).toEqual(['年假', '天']);
    expect(analyze('会议室的预定')).toEqual(['会议', '室', '预定']);
    expect(analyze('第3章')).toEqual(['第', '3', '章']);
    expect(analyze('你好，世界。')).toEqual(['你好', '世界']);
    expect(analyze('甪亓骉')).toEqual(['甪亓', '亓骉']);
    expect(meets('会议', '三楼会议室可以预定')).toBe(true);
    expect(meets('数据库', '分布式数据库系统')).toBe(true);
  });

  it('lets traditional and simplified Chinese meet, in both directions', () => {
    for (const [traditional, simplified] of [
      ['數據庫的安裝步驟', '数据库的安装步骤'],
      ['員工請假規定與著作權', '员工请假规定与着作权'],
      ['乾隆皇帝乾燥', '乾隆皇帝干燥'],
      ['臺灣裡面發票頭髮', '台湾里面发票头发'],
    ] as const)
      expect(analyze(traditional)).toEqual(analyze(simplified));
  });

  it('cuts Japanese and Korean into pairs where the dictionary knows no word', () => {
    expect(analyze('サーバー')).toEqual(['サー', 'ーバ', 'バー']);
    expect(analyze('ｻｰﾊﾞｰ')).toEqual(analyze('サーバー'));
    expect(analyze('휴가 신청서')).toEqual(['휴가', '신청', '청서']);
    expect(meets('会議室', '令和の会議室で働く')).toBe(true);
    expect(meets('東京都庁', '東京都庁')).toBe(true);
    expect(meets('働く', '会議室で働いた')).toBe(true);
    expect(analyze('食べるのを')).toEqual(['食', 'べる', 'るの', 'のを']);
    expect(analyze('〇')).toEqual(['〇']);
  });

  it('finds words of other scripts however their accents were typed', () => {
    expect(analyze('Müller')).toEqual(analyze('Muller'));
    expect(analyze('STRASSE')).toEqual(analyze('Straße'));
    expect(analyze('İstanbul')).toEqual(analyze('istanbul'));
    expect(analyze('ёлка')).toEqual(analyze('елка'));
    expect(analyze('Отпуск сотрудников')).toEqual(['отпуск', 'сотрудников']);
    expect(analyze('اَلْعَرَبِيَّة')).toEqual(analyze('العربية'));
    expect(analyze('أحمد')).toEqual(analyze('احمد'));
    expect(analyze('ΟΔΟΣ')).toEqual(analyze('οδος'));
    expect(analyze('co\u00adoperate')).toEqual(analyze('cooperate'));
  });

  it('cuts Thai into pairs of signs with their marks', () => {
    expect(analyze('ไทย')).toEqual(['ไท', 'ทย']);
    expect(analyze('ที่นี่')).toEqual(['ที่นี่']);
    expect(meets('วันลา', 'นโยบายวันลาพักร้อน')).toBe(true);
  });

  it('cuts mixed text where the script changes', () => {
    expect(analyze('TiDB的E-417错误')).toEqual(['tidb', 'e-417', 'e', '417', '错误']);
    expect(analyze('使用Docker部署')).toEqual(['使用', 'docker', '部署']);
  });

  it.each([
    ['Error E-417', ['error', 'e-417', 'e', '417']],
    ['max_connections', ['max_connections', 'max', 'connect']],
    ['v2.3.1', ['v2.3.1', '2.3.1', 'v2', 'v', '2', '3', '1']],
    ['config.toml', ['config.toml', 'config', 'toml']],
    ['/etc/hosts', ['etc/hosts', 'etc', 'host']],
    ['HTTP/2', ['http/2', 'http', '2']],
    ['C++ and C#, F#', ['c', 'c++', 'c', 'c#', 'f', 'f#']],
    ['.NET or ASP.NET', ['.net', 'net', 'asp.net', 'asp', 'net']],
    ['node.js', ['node.js', 'node', 'js']],
    ['50% 3.5%', ['50', '50%', '3.5', '3', '5', '3.5%']],
    ['500MB E417', ['500mb', '500', 'mb', 'e417', 'e', '417']],
    ['hr@example.com', ['hr@example.com', 'hr', 'example.com', 'exampl', 'com']],
    ['https://a.example/b', ['https://a.example/b', 'https', 'a.example', 'exampl', 'b']],
    ['std::vector', ['std::vector', 'std', 'vector']],
    ['maxConnections', ['maxconnect', 'max', 'connect']],
    ['NullPointerException', ['nullpointerexcept', 'null', 'pointer', 'except']],
    ['iPhone GitHub', ['iphon', 'github']],
    ['1,234,567', ['1234567']],
    ['well-known input/output', ['well', 'know', 'input', 'output']],
    ['a1,b', ['a1', '1', 'b']],
  ])('finds %s as typed and by its parts', (text, terms) => expect(analyze(text)).toEqual(terms));

  it('finds irregular forms by each other, and none by a word of another meaning', () => {
    expect(meets('What if I lose my badge?', 'If a lost badge is what I mean')).toBe(true);
    expect(meets('Who pays children?', 'paid for a child')).toBe(true);
    expect(meets('leave', 'she left')).toBe(false);
  });

  it('finds what was typed a little differently', () => {
    expect(meets('2.3.1', 'since v2.3.1')).toBe(true);
    expect(meets('500 MB', '500MB')).toBe(true);
    expect(meets('hosts', 'see /etc/hosts.')).toBe(true);
    expect(meets('E 417', 'E-417')).toBe(true);
  });

  it('folds width, compatibility forms and case', () => {
    expect(analyze('ＡＢＣ１２３')).toEqual(analyze('abc123'));
    expect(analyze('⽇本')).toEqual(['日本']);
    expect(analyze('ﬁle')).toEqual(['file']);
  });

  it('keeps surrogate pairs whole', () => {
    expect(analyze('𠮷野家')).toEqual(['𠮷野', '野家']);
    expect(analyze('𠀀')).toEqual(['𠀀']);
    expect(analyze('😀 ok 😀')).toEqual(['ok']);
    expect(analyze('\ud83d broken \ude00')).toEqual(['break']);
    for (const term of analyze(`a1${'𝟘𐐀'.repeat(60)} ${'年𠮷'.repeat(9)}`))
      expect(term).not.toMatch(/[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/);
  });

  it('cuts at the edge of the longest term', () => {
    expect(analyze('9'.repeat(TERM_LENGTH_MAX))[0]).toHaveLength(TERM_LENGTH_MAX);
    expect(analyze('9'.repeat(TERM_LENGTH_MAX + 1))[0]).toHaveLength(TERM_LENGTH_MAX);
    expect(Math.max(...analyze(`${'x.y/'.repeat(99)}z ${'ß'.repeat(99)}`).map((term) => term.length))).toBe(
      TERM_LENGTH_MAX,
    );
  });

  it('answers nothing for nothing', () => {
    for (const text of ['', '?!… — 。', 'the of and', '的 是 什么', "'''", '…./-_'])
      expect(analyze(text)).toEqual([]);
  });

  it('gives the same terms however long the run is and wherever it stands', () => {
    const sentence = '员工每年享有十五天带薪年假';
    expect(analyze(`${sentence}。`.repeat(400))).toEqual(
      Array.from({ length: 400 }, () => analyze(sentence)).flat(),
    );
    expect(analyze(sentence.repeat(500)).filter((term) => term === '年假')).toHaveLength(500);
  });

  it.each([
    ['joiners', "a-'_.".repeat(200_000)],
    ['numbers', '1,'.repeat(500_000)],
    ['thousands', `${'1,234'.repeat(200_000)}x`],
    ['a word', 'x'.repeat(1_000_000)],
    ['a word of capitals and digits', 'aB1'.repeat(333_333)],
    ['Han', '年'.repeat(1_000_000)],
    ['kana', 'あ'.repeat(1_000_000)],
    ['marks', `e${'\u0301'.repeat(1_000_000)}`],
    ['Thai marks', `ก${'\u0e34'.repeat(1_000_000)}`],
    ['slashes', '/a'.repeat(500_000)],
    ['signs', 'c++#%'.repeat(200_000)],
    ['surrogates', '😀'.repeat(500_000)],
  ])('comes to an end with a megabyte of %s', (_, text) => {
    expect(analyze(text).length).toBeLessThanOrEqual(3 * text.length);
  });

  it('has a version that was raised with its tables and rules', () => {
    const sample = `${'How do I file E-417 v2.3 in /etc/x C++ maxConnections 500MB Müller '}会议室的预定與張三豐 会議で働く 휴가 ไทย 50%`;
    const parts = [
      CHINESE_WORDS,
      TRADITIONAL_CHARACTERS,
      [...ENGLISH_STOP_WORDS],
      CHINESE_STOP_WORDS,
      [...IRREGULAR_FORMS],
      analyze(sample),
    ];
    const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    expect({ ANALYZER_VERSION, fingerprint }).toEqual({
      ANALYZER_VERSION: 3,
      fingerprint: 'd94e2c034c61625e',
    });
  });
});
