import { useMemo } from 'react';
import { useTexts } from '../locales/use-texts.js';

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Midnights between the two; a day of the clock's change has 23 or 25 hours. */
function daysBetween(from: number, to: number): number {
  return Math.round((new Date(to).setHours(0, 0, 0, 0) - new Date(from).setHours(0, 0, 0, 0)) / 86_400_000);
}

/** One format everywhere for numbers, bytes, durations and times, in the language of the page. */
export function formatsFor(locale: string) {
  const number = new Intl.NumberFormat(locale);
  // British English writes a million as "1m", which reads as a thousandth.
  const compact = new Intl.NumberFormat(locale.startsWith('en') ? 'en-US' : locale, {
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  const oneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const wholeDays = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: (value: number) => number.format(value),
    compact: (value: number) => compact.format(value),
    bytes(value: number) {
      const units = ['B', 'kB', 'MB', 'GB'];
      let at = 0;
      while (value >= 1000 && at < units.length - 1) {
        value /= 1000;
        at++;
      }
      return `${at > 1 ? oneDigit.format(value) : number.format(Math.round(value))} ${units[at] ?? 'B'}`;
    },
    seconds: (value: number) => `${oneDigit.format(value)} s`,
    milliseconds: (value: number) =>
      value >= 1000 ? `${oneDigit.format(value / 1000)} s` : `${number.format(Math.round(value))} ms`,
    /** "today, 17:00", "tomorrow, 02:00", "12 March, 02:00", in the person's own zone; `now` in milliseconds. */
    moment(value: number, now: number) {
      const days = daysBetween(now, value);
      const on = Math.abs(days) <= 1 ? wholeDays.format(days, 'day') : day.format(value);
      return `${on}${locale.startsWith('zh') ? ' ' : ', '}${clock.format(value)}`;
    },
    dateTime: (value: string | number) => dateTime.format(new Date(value)),
    clock: (value: string | number) => clock.format(new Date(value)),
    day: (value: string | number) => day.format(new Date(value)),
    shortDay: (value: string | number) => shortDay.format(new Date(value)),
    dayOfYear: (value: string | number) => dayOfYear.format(new Date(value)),
    month: (value: string | number) => month.format(new Date(value)),
    /** "3 min. ago", "yesterday"; `now` in milliseconds. */
    ago(value: string, now: number) {
      const seconds = (new Date(value).getTime() - now) / 1000;
      for (const [unit, size] of UNITS) {
        if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
      }
      return relative.format(0, 'second');
    },
  };
}
export type Formats = ReturnType<typeof formatsFor>;

export function useFormats(): Formats {
  const { language } = useTexts();
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return useMemo(() => formatsFor(locale), [locale]);
}
