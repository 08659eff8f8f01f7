import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import type { Axis } from './period-bars.js';
import { PeriodChart, type Overview, type Series } from './period-chart.js';

const DAY = 86_400;
const HOUR = 3_600;

/** Three plots over the same time. */
export function ActivityCharts({ overview: { periods, seconds } }: { overview: Overview }) {
  const { t } = useTexts();
  const formats = useFormats();
  const timeOf = (at: string) => {
    if (seconds === HOUR) return formats.clock(at);
    return seconds === DAY ? formats.shortDay(at) : `${formats.shortDay(at)} ${formats.clock(at)}`;
  };
  const accent = { fill: 'fill-accent', sign: 'bg-accent' };
  const grey = { fill: 'fill-text-2', sign: 'bg-text-2' };
  const bad = { fill: 'fill-bad', sign: 'bg-bad' };
  const count = (
    label: string,
    key: 'questions' | 'refusals' | 'tokens',
    colours: typeof accent,
  ): Series => ({
    label,
    ...colours,
    valueOf: (period) => period[key],
    say: key === 'tokens' ? formats.compact : formats.number,
  });
  const first = (label: string, key: 'p50' | 'p95', colours: typeof accent): Series => ({
    label,
    ...colours,
    valueOf: ({ firstToken }) => firstToken?.[key] ?? null,
    say: formats.milliseconds,
  });
  const axis: Axis =
    seconds === HOUR
      ? { textOf: formats.clock, bars: 1 }
      : { textOf: formats.shortDay, bars: Math.max(1, DAY / seconds) };
  const shared = { periods, timeOf, axis };
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <PeriodChart
        {...shared}
        title={t('admin.overview.questionsChart')}
        series={[
          count(t('admin.overview.questions'), 'questions', accent),
          count(t('admin.overview.refused'), 'refusals', bad),
        ]}
      />
      <PeriodChart
        {...shared}
        title={t('admin.overview.tokensChart')}
        series={[count(t('admin.overview.tokens'), 'tokens', accent)]}
      />
      <PeriodChart
        {...shared}
        title={t('admin.overview.firstChart')}
        empty={t('admin.overview.firstNone')}
        series={[first('P95', 'p95', grey), first('P50', 'p50', accent)]}
      />
    </div>
  );
}
