import { CircleAlert, CircleCheck, Info, RotateCw, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from './button.js';
import { classNames } from './class-names.js';
import { useDescribeError } from './describe-error.js';

/** Grey lines where text is coming; the space is the same. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  const widths = ['w-11/12', 'w-full', 'w-4/5', 'w-2/3'];
  return (
    <div className={classNames('flex flex-col gap-3', className)} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classNames('skeleton h-4', widths[line % widths.length])} />
      ))}
    </div>
  );
}

export function Loading({ lines, className }: { lines?: number; className?: string }) {
  const { t } = useTexts();
  return (
    <div role="status" className={className}>
      <span className="sr-only">{t('common.loading')}</span>
      <Skeleton {...(lines === undefined ? {} : { lines })} />
    </div>
  );
}

interface EmptyProps {
  icon?: LucideIcon;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon: Icon, title, text, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      {Icon && <Icon size={22} className="mb-1 text-text-2" aria-hidden="true" />}
      <p className="text-14 font-medium">{title}</p>
      {text && <p className="max-w-[46ch] text-13 text-text-2">{text}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** What went wrong in one sentence, the reference for support, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTexts();
  const described = useDescribeError()(error);
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <CircleAlert size={22} className="mb-1 text-bad" aria-hidden="true" />
      <p className="text-14 font-medium">{described.title}</p>
      {described.detail && <p className="max-w-[52ch] text-13 text-text-1">{described.detail}</p>}
      {described.reference && <Reference value={described.reference} />}
      {onRetry && (
        <Button className="mt-2" icon={<RotateCw size={14} />} onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}

export function Reference({ value }: { value: string }) {
  const { t } = useTexts();
  return (
    <p className="text-12 text-text-2">
      {t('common.reference')} <code className="font-mono break-all select-all">{value}</code>
    </p>
  );
}

type NoticeTone = 'info' | 'good' | 'warn' | 'bad';
const NOTICE: Record<NoticeTone, [string, LucideIcon]> = {
  info: ['bg-surface-1 text-text-1', Info],
  good: ['bg-good-soft text-good', CircleCheck],
  warn: ['bg-warn-soft text-warn', TriangleAlert],
  bad: ['bg-bad-soft text-bad', CircleAlert],
};

export function Notice({
  tone = 'info',
  children,
  action,
}: {
  tone?: NoticeTone;
  children: ReactNode;
  action?: ReactNode;
}) {
  const [colours, Icon] = NOTICE[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : undefined}
      className={classNames('flex items-start gap-2 rounded-md px-3 py-2 text-13', colours)}
    >
      <Icon size={15} className="mt-0.5 shrink-0" aria-hidden="true" />
      <div className="min-w-0 flex-1 break-words">{children}</div>
      {action}
    </div>
  );
}
