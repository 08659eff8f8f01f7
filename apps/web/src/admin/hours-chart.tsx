import type { ResponseOf } from '../kit/call.js';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';

type Hours = ResponseOf<'GET /api/admin/overview'>['hours'];

const WIDTH = 720;
const HEIGHT = 160;
const FOOT = 1;
const LABEL_EVERY = 6;

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
      {table ? <HoursTable hours={hours} /> : <Bars hours={hours} />}
    </section>
  );
}

const Key = ({ className, text }: { className: string; text: string }) => (
  <span className="flex items-center gap-1.5 text-12 text-text-2">
    <span className={`size-2 rounded-sm ${className}`} aria-hidden="true" />
    {text}
  </span>
);

function Bars({ hours }: { hours: Hours }) {
  const { t } = useTexts();
  const formats = useFormats();
  const [over, setOver] = useState<number | null>(null);
  const most = Math.max(1, ...hours.map((hour) => hour.questions));
  const step = WIDTH / Math.max(1, hours.length);
  const heightOf = (count: number) => (count / most) * (HEIGHT - FOOT - 8);
  const shown = over === null ? undefined : hours[over];
  return (
    <figure onPointerLeave={() => setOver(null)}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('admin.overview.hours')}
        className="w-full"
      >
        {[0.5, 1].map((share) => (
          <line
            key={share}
            x1="0"
            x2={WIDTH}
            y1={HEIGHT - FOOT - heightOf(most * share)}
            y2={HEIGHT - FOOT - heightOf(most * share)}
            className="stroke-line"
          />
        ))}
        {hours.map((hour, at) => (
          <g key={hour.at} onPointerEnter={() => setOver(at)}>
            <rect x={at * step} y="0" width={step} height={HEIGHT - FOOT} fill="transparent" />
            <rect
              x={at * step + 3}
              y={HEIGHT - FOOT - heightOf(hour.questions)}
              width={step - 6}
              height={heightOf(hour.questions)}
              rx="2"
              className={over === at ? 'fill-accent' : 'fill-accent/75'}
            />
            <rect
              x={at * step + 3}
              y={HEIGHT - FOOT - heightOf(hour.refusals)}
              width={step - 6}
              height={heightOf(hour.refusals)}
              rx="2"
              className="fill-bad"
            />
          </g>
        ))}
        <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="stroke-line-strong" />
      </svg>
      <div className="mt-1 grid grid-cols-4 text-12 text-text-2 tabular-nums" aria-hidden="true">
        {hours
          .filter((_, at) => at % LABEL_EVERY === 0)
          .map((hour) => (
            <span key={hour.at}>{formats.clock(hour.at)}</span>
          ))}
      </div>
      <figcaption className="h-5 text-12 text-text-1 tabular-nums">
        {shown &&
          t('admin.overview.hour', {
            time: formats.clock(shown.at),
            questions: shown.questions,
            refusals: shown.refusals,
          })}
      </figcaption>
    </figure>
  );
}

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
