import type { ResponseOf } from '../kit/call.js';
import { useId, useState } from 'react';
import { Button } from '../kit/button.js';
import { useTexts } from '../locales/use-texts.js';
import { PeriodBars, type Axis } from './period-bars.js';

export type Overview = ResponseOf<'GET /api/admin/overview'>;
export type Period = Overview['periods'][number];

/** One kind of bars; a later one stands before an earlier one. */
export interface Series {
  label: string;
  /** Of the bars and of their sign, as classes. */
  fill: string;
  sign: string;
  /** Null where there is nothing to tell. */
  valueOf: (period: Period) => number | null;
  say: (value: number) => string;
}

interface Props {
  title: string;
  /** In place of the bars where there is none. */
  empty?: string;
  periods: readonly Period[];
  series: readonly Series[];
  timeOf: (at: string) => string;
  axis: Axis;
}

/** Figures by period as bars; and the same as a table for those who do not see bars. */
export function PeriodChart({ title, empty, periods, series, timeOf, axis }: Props) {
  const { t } = useTexts();
  const id = useId();
  const [table, setTable] = useState(false);
  const isEmpty =
    empty !== undefined && periods.every((each) => series.every((s) => s.valueOf(each) === null));
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id={id} className="text-14 font-semibold">
          {title}
        </h2>
        {series.length > 1 && series.map((each) => <Key key={each.label} series={each} />)}
        {!isEmpty && (
          <Button tone="quiet" className="ml-auto h-7" aria-describedby={id} onClick={() => setTable(!table)}>
            {t(table ? 'admin.overview.asChart' : 'admin.overview.asTable')}
          </Button>
        )}
      </div>
      {isEmpty && <p className="text-13 text-text-2">{empty}</p>}
      {!isEmpty && table && <PeriodTable {...{ title, periods, series, timeOf }} />}
      {!isEmpty && !table && <PeriodBars {...{ title, periods, series, timeOf, axis }} />}
    </section>
  );
}

const Key = ({ series: { sign, label } }: { series: Series }) => (
  <span className="flex items-center gap-1.5 text-12 text-text-2">
    <span className={`size-2 rounded-sm ${sign}`} aria-hidden="true" />
    {label}
  </span>
);

function PeriodTable({ title, periods, series, timeOf }: Omit<Props, 'empty' | 'axis'>) {
  const { t } = useTexts();
  return (
    <div className="max-h-56 overflow-y-auto rounded-md border" tabIndex={0} role="region" aria-label={title}>
      <table className="w-full text-13">
        <thead className="sticky top-0 bg-surface-1 text-12 text-text-2">
          <tr>
            <th scope="col" className="px-3 py-1.5 text-left font-medium">
              {t('admin.overview.time')}
            </th>
            {series.map(({ label }) => (
              <th key={label} scope="col" className="px-3 py-1.5 text-right font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {periods.map((period) => (
            <tr key={period.at}>
              <td className="px-3 py-1.5">{timeOf(period.at)}</td>
              {series.map(({ label, valueOf, say }) => {
                const value = valueOf(period);
                return (
                  <td key={label} className="px-3 py-1.5 text-right tabular-nums">
                    {value === null ? '–' : say(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
