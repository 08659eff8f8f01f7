import { useQuery } from '@tanstack/react-query';
import { call, type ResponseOf } from '../kit/call.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { ErrorState, Loading } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { HoursChart } from './hours-chart.js';
import { ModelServersSection } from './model-servers-section.js';

type Overview = ResponseOf<'GET /api/admin/overview'>;
const REFRESH_MS = 30_000;
const STEPS = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'] as const;

export function OverviewPage() {
  const { t } = useTexts();
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => call('GET /api/admin/overview', { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Page title={t('admin.sections.overview')} note={t('admin.overview.note')}>
      {overview.isPending && <Loading lines={6} />}
      {overview.isError && !overview.data && (
        <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {overview.data && (
        <>
          <Figures overview={overview.data} />
          <div className="grid items-start gap-8 pt-4 lg:grid-cols-[minmax(0,1fr)_260px]">
            <HoursChart hours={overview.data.hours} />
            <Refusals refusals={overview.data.refusals} />
          </div>
          <ModelServersSection />
        </>
      )}
    </Page>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { t } = useTexts();
  const formats = useFormats();
  const refused = overview.refusals.reduce((sum, each) => sum + each.count, 0);
  const figures: [string, string, string?][] = [
    [t('admin.overview.questions'), formats.number(overview.questions)],
    [t('admin.overview.people'), formats.number(overview.people)],
    [t('admin.overview.refused'), formats.number(refused)],
    [t('admin.overview.tokens'), formats.compact(overview.tokens), formats.number(overview.tokens)],
    [t('documents.title'), formats.number(overview.documents)],
    [t('documents.passages'), formats.number(overview.passages)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line sm:grid-cols-3 lg:grid-cols-6">
      {figures.map(([label, value, exact]) => (
        <div key={label} className="flex flex-col-reverse bg-surface-0 px-4 py-3">
          <dt className="text-12 text-text-2">{label}</dt>
          <dd className="text-20 font-semibold tabular-nums" title={exact}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Refusals({ refusals }: { refusals: Overview['refusals'] }) {
  const { t } = useTexts();
  const formats = useFormats();
  return (
    <section aria-labelledby="refusals-title">
      <h2 id="refusals-title" className="mb-2 text-14 font-semibold">
        {t('admin.overview.refusals')}
      </h2>
      {refusals.length === 0 && <p className="text-13 text-text-2">{t('common.none')}</p>}
      <dl className="divide-y text-13">
        {refusals.map(({ step, count }) => {
          const known = STEPS.find((each) => each === step);
          return (
            <div key={step} className="flex justify-between py-1.5">
              <dt>{known ? t(`audit.steps.${known}`) : step}</dt>
              <dd className="tabular-nums">{formats.number(count)}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
