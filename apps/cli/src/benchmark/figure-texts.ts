import type { LevelReport } from './bench-report.js';
import type { Figures } from './summarize.js';

/** Absent figures are dashes, never zeros. */
export const ABSENT = '–';

export const ms = (value: number | undefined | null): string =>
  value === undefined || value === null ? ABSENT : value < 100 ? value.toFixed(1) : value.toFixed(0);
export const rate = (value: number | undefined): string =>
  value === undefined ? ABSENT : value < 10 ? value.toFixed(2) : value.toFixed(0);
export const ratio = (value: number): string => value.toFixed(value < 10 ? 3 : 1);
export const percent = (value: number | undefined | null): string =>
  value === undefined || value === null ? ABSENT : `${(value * 100).toFixed(1)} %`;
export const gibibytes = (bytes: number | undefined | null): string =>
  bytes === undefined || bytes === null ? ABSENT : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
export const seconds = (value: number | undefined | null): string =>
  value === undefined || value === null ? ABSENT : `${value.toFixed(value < 10 ? 1 : 0)} s`;

/** `16` or `4/s` or `16, 4/s`. */
export function levelName(level: Pick<LevelReport, 'concurrency' | 'rate'>): string {
  const parts = [
    ...(level.concurrency === null ? [] : [String(level.concurrency)]),
    ...(level.rate === null ? [] : [`${level.rate}/s`]),
  ];
  return parts.join(', ');
}

/** `3 (2 timeout, 1 busy)`. */
export function failureText(figures: Figures): string {
  const kinds = Object.entries(figures.failures).map(([kind, count]) => `${count} ${kind}`);
  return kinds.length === 0 ? '0' : `${figures.failed} (${kinds.join(', ')})`;
}
