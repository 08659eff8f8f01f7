import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePerson } from '../app/person.js';
import { call } from '../kit/call.js';
import { Select } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { ErrorState, Loading, Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { ActivityCharts } from './activity-charts.js';
import { CountList } from './count-list.js';
import { ModelServersSection } from './model-servers-section.js';
import type { Overview } from './period-chart.js';

const RANGES = ['day', 'week', 'month'] as const;
type Range = (typeof RANGES)[number];
/** Milliseconds; a longer time changes less and costs more. */
const REFRESH_MS: Record<Range, number> = { day: 30_000, week: 300_000, month: 900_000 };
const STEPS = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'] as const;

export function OverviewPage() {
  const { t } = useTexts();
  const [range, setRange] = useState<Range>('day');
  const overview = useQuery({
    queryKey: ['overview', range],
    queryFn: ({ signal }) => {
      // Of now: a clock's change falls on few of the days that are shown.
      const offset = -new Date().getTimezoneOffset();
      return call('GET /api/admin/overview', { query: { range, offset }, signal });
    },
    refetchInterval: REFRESH_MS[range],
    placeholderData: keepPreviousData,
  });
  const choice = (
    <Select
      fit
      aria-label={t('admin.overview.range')}
      value={range}
      onChange={(event) => setRange(RANGES.find((each) => each === event.target.value) ?? 'day')}
    >
      {RANGES.map((each) => (
        <option key={each} value={each}>
          {t(`admin.overview.ranges.${each}`)}
        </option>
      ))}
    </Select>
  );
  return (
    <Page title={t('admin.sections.overview')} actions={choice}>
      {overview.isPending && <Loading lines={6} />}
      {overview.isError && <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.data && (
        <div aria-busy={overview.isPlaceholderData || undefined} className="flex flex-col gap-6">
          <Activity overview={overview.data} />
        </div>
      )}
      <ModelServersSection />
    </Page>
  );
}

function Activity({ overview }: { overview: Overview }) {
  const { t } = useTexts();
  const formats = useFormats();
  const { tenant } = usePerson();
  const stepOf = (step: string) => {
    const known = STEPS.find((each) => each === step);
    return known ? t(`audit.steps.${known}`) : step;
  };
  return (
    <>
      {overview.since !== null && (
        <Notice tone="warn">
          {t('admin.overview.since', {
            questions: formats.number(overview.questions),
            time: formats.dateTime(overview.since),
          })}
        </Notice>
      )}
      <Figures overview={overview} />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_260px]">
        <ActivityCharts overview={overview} />
        <div className="flex flex-col gap-8">
          <CountList
            title={t('admin.overview.refusals')}
            rows={overview.refusals.map(({ step, count }) => [stepOf(step), formats.number(count)])}
          />
          <CountList
            title={t('admin.overview.models', { tenant: tenant.name })}
            rows={overview.models.map(({ model, tokens }) => [model, formats.number(tokens)])}
          />
        </div>
      </div>
    </>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { t } = useTexts();
  const formats = useFormats();
  const refused = overview.refusals.reduce((sum, each) => sum + each.count, 0);
  const { firstToken } = overview;
  const timed = (milliseconds: number | undefined) =>
    milliseconds === undefined ? '–' : formats.milliseconds(milliseconds);
  const figures: [string, string, string?][] = [
    [t('admin.overview.questions'), formats.number(overview.questions)],
    [t('admin.overview.people'), formats.number(overview.people)],
    [t('admin.overview.refused'), formats.number(refused)],
    [t('admin.overview.tokens'), formats.compact(overview.tokens), formats.number(overview.tokens)],
    [t('admin.overview.firstHalf'), timed(firstToken?.p50), t('admin.overview.firstNote')],
    [t('admin.overview.firstMost'), timed(firstToken?.p95), t('admin.overview.firstNote')],
    [t('documents.title'), formats.number(overview.documents)],
    [t('documents.passages'), formats.number(overview.passages)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line sm:grid-cols-4 xl:grid-cols-8">
      {figures.map(([label, value, exact]) => (
        <div key={label} className="flex flex-col-reverse justify-end bg-surface-0 px-4 py-3">
          <dt className="text-12 text-text-2">{label}</dt>
          <dd className="text-20 font-semibold whitespace-nowrap tabular-nums" title={exact}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
