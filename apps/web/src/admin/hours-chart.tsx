import type { ResponseOf } from '../kit/call.js';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { HoursBars } from './hours-bars.js';

export type Hours = ResponseOf<'GET /api/admin/overview'>['hours'];

/** Questions by the hour, refusals within them; and the same as a table for those who do not see bars. */
export function HoursChart({ hours }: { hours: Hours }) {
  const { t } = useTexts();
  const [table, setTable] = useState(false);
  return (
    <section aria-labelledby="hours-title" className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id="hours-title" className="text-14 font-semibold">
          {t('admin.overview.hours')}
        </h2>
        <Key className="bg-accent" text={t('admin.overview.questions')} />
        <Key className="bg-bad" text={t('admin.overview.refused')} />
        <Button tone="quiet" className="ml-auto h-7" aria-pressed={table} onClick={() => setTable(!table)}>
          {t(table ? 'admin.overview.asChart' : 'admin.overview.asTable')}
        </Button>
      </div>
      {table ? <HoursTable hours={hours} /> : <HoursBars hours={hours} />}
    </section>
  );
}

const Key = ({ className, text }: { className: string; text: string }) => (
  <span className="flex items-center gap-1.5 text-12 text-text-2">
    <span className={`size-2 rounded-sm ${className}`} aria-hidden="true" />
    {text}
  </span>
);

function HoursTable({ hours }: { hours: Hours }) {
  const { t } = useTexts();
  const formats = useFormats();
  return (
    <div
      className="max-h-56 overflow-y-auto rounded-md border"
      tabIndex={0}
      role="region"
      aria-label={t('admin.overview.hours')}
    >
      <table className="w-full text-13">
        <thead className="sticky top-0 bg-surface-1 text-12 text-text-2">
          <tr>
            <th scope="col" className="px-3 py-1.5 text-left font-medium">
              {t('admin.overview.time')}
            </th>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              {t('admin.overview.questions')}
            </th>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              {t('admin.overview.refused')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {hours.map((hour) => (
            <tr key={hour.at}>
              <td className="px-3 py-1.5">{formats.clock(hour.at)}</td>
              <td className="px-3 py-1.5 text-right tabular-nums">{formats.number(hour.questions)}</td>
              <td className="px-3 py-1.5 text-right tabular-nums">{formats.number(hour.refusals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
