import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../locales/use-texts.js';
import { call } from '../kit/call.js';
import { classNames } from '../kit/class-names.js';
import { useFormats } from '../kit/format.js';

export const USAGE_KEY = ['usage'];
const REFRESH_MS = 60_000;

/** What is left, and when it returns; nothing where nothing is limited. */
export function UsageLeft() {
  const { t } = useTexts();
  const formats = useFormats();
  const usage = useQuery({
    queryKey: USAGE_KEY,
    queryFn: ({ signal }) => call('GET /api/account/usage', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const { tokens, requests } = usage.data ?? {};
  if (!tokens || !requests || (tokens.limit === null && requests.limit === null)) return null;
  const returns = tokens.resetsAt
    ? t('frame.usage.returns', { time: formats.moment(Date.parse(tokens.resetsAt), Date.now()) })
    : undefined;
  return (
    <div className="flex flex-col gap-1.5 px-2 py-1.5 text-12">
      <Measure
        label={t('frame.usage.tokens')}
        used={tokens.used}
        limit={tokens.limit}
        format={formats.compact}
        returns={returns}
      />
      <Measure
        label={t('frame.usage.questions')}
        used={requests.used}
        limit={requests.limit}
        format={formats.number}
      />
    </div>
  );
}

interface Props {
  label: string;
  used: number;
  limit: number | null;
  format: (value: number) => string;
  returns?: string | undefined;
}

/** From here on the bar warns. */
const SCARCE = 0.1;

function Measure({ label, used, limit, format, returns }: Props) {
  const { t } = useTexts();
  if (limit === null) return null;
  const left = Math.max(0, limit - used);
  const share = limit === 0 ? 0 : left / limit;
  return (
    <div>
      <div className="flex justify-between gap-2">
        <span className="truncate text-text-2">{label}</span>
        <span className="tabular-nums whitespace-nowrap text-text-1">
          {t('frame.usage.left', { left: format(left), limit: format(limit) })}
        </span>
      </div>
      <div className="mt-1 h-1 overflow-hidden rounded-full bg-surface-2" aria-hidden="true">
        <div
          className={classNames('h-full rounded-full', share <= SCARCE ? 'bg-bad' : 'bg-accent')}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      {used > 0 && returns && <div className="mt-0.5 text-text-2">{returns}</div>}
    </div>
  );
}
