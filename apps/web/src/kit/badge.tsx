import type { ReactNode } from 'react';
import { classNames } from './class-names.js';

export type BadgeTone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';
const TONES: Record<BadgeTone, string> = {
  plain: 'bg-surface-2 text-text-1',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  accent: 'bg-accent-soft text-accent',
};

export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-12 font-medium whitespace-nowrap',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
