import { describe, expect, it } from '@jest/globals';
import { formatsFor } from './format.js';

describe('moment', () => {
  const now = new Date(2026, 2, 10, 23, 30).getTime();
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 0).getTime();

  it('names the day as people do, also minutes before midnight', () => {
    const { moment } = formatsFor('en-GB');
    expect(moment(at(10, 23), now)).toBe('today, 23:00');
    expect(moment(at(11, 2), now)).toBe('tomorrow, 02:00');
    expect(moment(at(14, 2), now)).toBe('14 March, 02:00');
  });

  it('does so in Chinese', () => {
    expect(formatsFor('zh-CN').moment(at(11, 2), now)).toBe('明天 02:00');
  });
});
