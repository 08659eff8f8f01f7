import { describe, expect, it } from '@jest/globals';
import { AnswerGroundedness } from './answer-groundedness.js';

function reason(text: string, content: string): string | null {
  const passage = { ...{ number: 1, id: 'p', title: 'Rules', heading: '', page: null }, content };
  const groundedness = new AnswerGroundedness([passage]);
  const judged = [...groundedness.push(`${text} [1]`), ...groundedness.end()];
  return judged[0]?.reason ?? null;
}

describe('at most and at least', () => {
  const RULES =
    'A password has at least 14 characters. The reply comes within 5 working days. Mail is read before 17:00.';
  const REGELN = '没休完的年休假最多可以结转 5 天。密码不得少于 14 位。主管须在 5 个工作日内答复。';

  it.each([
    ['A password has no less than 14 characters.', RULES, null],
    ['A password has at most 14 characters.', RULES, 'opposite'],
    ['The reply comes after 5 working days.', RULES, 'opposite'],
    ['Mail is read until 17:00.', RULES, null],
    ['Mail is read after 17:00.', RULES, 'opposite'],
    ['没休完的年休假至多可结转 5 天。', REGELN, null],
    ['没休完的年休假至少可以结转 5 天。', REGELN, 'opposite'],
    ['密码至少 14 位。', REGELN, null],
    ['主管须在 5 个工作日后答复。', REGELN, 'opposite'],
  ])('%s', (text, source, expected) => expect(reason(text, source)).toBe(expected));

  it('are not compared where one of them is what is not allowed', () => {
    const overtime =
      'More than 36 hours of overtime is not allowed in Suzhou, and not more than 30 in Rotterdam.';
    expect(reason('In Rotterdam, more than 30 hours of overtime are not allowed.', overtime)).toBeNull();
  });
});

describe('the order of things', () => {
  const LEAK = 'First revoke the key. Then call the security line. At last clean up the repository.';

  it.each([
    ['First the key is revoked, then the repository is cleaned up.', LEAK, null],
    ['First the repository is cleaned up, then the key is revoked.', LEAK, 'opposite'],
    ['先打分机，再填写表格。', '发现事件，先打分机，再填写表格。', null],
    ['先填写表格，再打分机。', '发现事件，先打分机，再填写表格。', 'opposite'],
    ['Engineers are not on call during probation.', 'Nobody is on call during probation.', null],
    ['Engineers are not on call after probation.', 'Nobody is on call during probation.', 'opposite'],
    ['婚假须在领证后休完。', '婚假须在领证后 12 个月内休完，至少提前 2 个月申请。', null],
    ['婚假须在领证前休完。', '婚假须在领证后 12 个月内休完，至少提前 2 个月申请。', 'opposite'],
  ])('%s', (text, source, expected) => expect(reason(text, source)).toBe(expected));
});

describe('who and what', () => {
  const PAGE = 'The secondary is paged after 10 minutes and the engineering manager on duty after 20.';
  const SAFETY =
    'The support manager is called first. The quality manager decides within 24 hours whether to tell an authority.';

  it.each([
    ['The secondary is paged after 10 minutes and the engineering manager after 20.', PAGE, null],
    ['The engineering manager is paged after 10 minutes and the secondary after 20.', PAGE, 'number'],
    ['The quality manager decides within 24 hours whether to tell an authority.', SAFETY, null],
    ['The support manager decides within 24 hours whether to tell an authority.', SAFETY, 'opposite'],
  ])('%s', (text, source, expected) => expect(reason(text, source)).toBe(expected));

  it('is in every case only where a source says so', () => {
    const money = 'Money is never accepted, whatever it is worth. Registered meters have a longer warranty.';
    expect(reason('Money is never accepted, whatever it is worth.', money)).toBeNull();
    const meters = 'Meters that are registered have a longer warranty.';
    expect(reason('Meters have a longer warranty, whether or not they are registered.', meters)).toBe(
      'opposite',
    );
    expect(reason('无论是否注册，仪器都延长保修。', '注册的仪器延长保修。')).toBe('opposite');
  });
});
