import type { Usage } from '@lorekeep/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../locales/use-texts.js';
import { call } from '../kit/call.js';
import { classNames } from '../kit/class-names.js';
import { useFormats } from '../kit/format.js';

export const USAGE_KEY = ['usage'];
const REFRESH_MS = 60_000;

/** What is left, and when it returns. */
export function UsageLeft() {
  const { t } = useTexts();
  const formats = useFormats();
  const usage = useQuery({
    queryKey: USAGE_KEY,
    queryFn: ({ signal }) => call('GET /api/account/usage', { signal }),
    refetchInterval: REFRESH_MS,
  });
  if (!usage.data) return <div className="h-[52px]" />;
  const { tokens, requests } = usage.data;
  return (
    <div className="flex flex-col gap-1.5 px-2 py-1.5 text-12">
      <Measure
        label={t('frame.usage.tokens')}
        measure={tokens}
        format={formats.compact}
        returns={
          tokens.resetsAt ? t('frame.usage.returns', { time: formats.clock(tokens.resetsAt) }) : undefined
        }
      />
      <Measure label={t('frame.usage.questions')} measure={requests} format={formats.number} />
    </div>
  );
}

interface Props {
  label: string;
  measure: Usage['tokens'];
  format: (value: number) => string;
  returns?: string | undefined;
}

/** From here on the bar warns. */
const SCARCE = 0.1;

function Measure({ label, measure, format, returns }: Props) {
  const { t } = useTexts();
  const { used, limit } = measure;
  const left = limit === null ? null : Math.max(0, limit - used);
  const share = left === null || !limit ? 0 : left / limit;
  return (
    <div title={returns}>
      <div className="flex justify-between gap-2">
        <span className="truncate text-text-2">{label}</span>
        <span className="tabular-nums whitespace-nowrap text-text-1">
          {left === null || limit === null
            ? t('frame.usage.used', { used: format(used) })
            : t('frame.usage.left', { left: format(left), limit: format(limit) })}
        </span>
      </div>
      {limit !== null && (
        <div className="mt-1 h-1 overflow-hidden rounded-full bg-surface-2" aria-hidden="true">
          <div
            className={classNames('h-full rounded-full', share <= SCARCE ? 'bg-bad' : 'bg-accent')}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      {share <= SCARCE && limit !== null && returns && <div className="mt-0.5 text-text-2">{returns}</div>}
    </div>
  );
}
