import { describe, expect, it } from '@jest/globals';
import { needsContext, STANDS_ALONE_UNITS } from './needs-context.js';

describe('needsContext', () => {
  it.each([
    'and for contractors?',
    'What about Germany?',
    'Ok, and in Suzhou?',
    'how do I do that?',
    'Does it expire?',
    "What's the maximum?",
    'Who approves it?',
    'Why?',
    'By when?',
    'In Suzhou?',
    'Is that per year?',
    'Can I keep the old one?',
    'Does the same apply to interns?',
    'What if they refuse?',
    'Does it apply in Rotterdam too?',
    'How long does it take?',
    'Is there a limit?',
    '?',
  ])('English that hangs on what was said before: %s', (text) => {
    expect(needsContext(text)).toBe(true);
  });

  it.each([
    'How many days of annual leave do I get?',
    'When is a laptop replaced, and may I buy the old one?',
    'How heavy is a Heron 7, and may I lift it alone?',
    'Is it allowed to use a private phone for mail?',
    'How long does it take to get a visa for China?',
    'Is there a limit for hotels in London?',
    'What does E-417 mean?',
    'What is Locker?',
    'password policy',
    'VPN error 809',
    'Which public holidays are there this year in Rotterdam?',
    'Everybody that joins in May gets how many days of leave?',
  ])('English that stands alone: %s', (text) => {
    expect(needsContext(text)).toBe(false);
  });

  it.each([
    '那试用期呢？',
    '它多久过期？',
    '苏州呢',
    '丢了怎么办？',
    '要提前多久申请？',
    '谁审批？',
    '这个编号有效期多长？',
    '另外，工资怎么算？',
    '超过90天怎么办？',
    '为什么？',
  ])('Chinese that hangs on what was said before: %s', (text) => {
    expect(needsContext(text)).toBe(true);
  });

  it.each([
    '年休假没休完，最多可以结转几天？',
    '苏州 G6 职级的薪资带宽是多少？',
    '苍鹭 7 报警 A-31 怎么处理？',
    '电子发票应该怎么上传？',
    '如果我在年休假期间生病，这几天能退回来吗？',
    '住房公积金的缴存比例是多少',
    '我每年有多少天年假？',
    '婚假有几天？',
    '工资什么时候发？',
    '今年的年终奖什么时候发？',
    '其他国家的出差补贴是多少？',
  ])('Chinese that stands alone: %s', (text) => {
    expect(needsContext(text)).toBe(false);
  });

  it('takes a message of more than its bound as standing alone', () => {
    const words = 'and that '.repeat(50);
    expect(needsContext(words.slice(0, STANDS_ALONE_UNITS))).toBe(true);
    expect(needsContext(words.slice(0, STANDS_ALONE_UNITS + 1))).toBe(false);
  });

  it('says nothing of an empty message, and comes to an end with hostile ones', () => {
    expect(needsContext('')).toBe(false);
    expect(needsContext(' \n ')).toBe(false);
    for (const piece of ['that that ', 'ok, ', '他他', '呢？', 'is it ', "'''", 'a '])
      expect(typeof needsContext(piece.repeat(STANDS_ALONE_UNITS).slice(0, STANDS_ALONE_UNITS))).toBe(
        'boolean',
      );
  });
});
