import { useState } from 'react';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { axisTicks } from './axis-ticks.js';
import type { Hours } from './hours-chart.js';

const WIDTH = 720;
const HEIGHT = 160;
const FOOT = 1;
const HEAD = 8;
const LABEL_EVERY = 6;

/** With the numbers of its axis, and of the hour that is pointed at. */
export function HoursBars({ hours }: { hours: Hours }) {
  const { t } = useTexts();
  const formats = useFormats();
  const [over, setOver] = useState<number | null>(null);
  const ticks = axisTicks(Math.max(0, ...hours.map((hour) => hour.questions)));
  const shown = over === null ? undefined : hours[over];
  return (
    <figure
      onPointerLeave={() => setOver(null)}
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-12 text-text-2 tabular-nums"
    >
      <Scale ticks={ticks} />
      <Plot hours={hours} ticks={ticks} over={over} onOver={setOver} />
      <div className="col-start-2 mt-1 grid grid-cols-4" aria-hidden="true">
        {hours
          .filter((_, at) => at % LABEL_EVERY === 0)
          .map((hour) => (
            <span key={hour.at}>{formats.clock(hour.at)}</span>
          ))}
      </div>
      <figcaption className="col-start-2 h-5 text-text-1">
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

/** Beside the plot and not in it, where it would shrink with it. */
function Scale({ ticks }: { ticks: readonly number[] }) {
  const formats = useFormats();
  const most = ticks.at(-1) ?? 1;
  return (
    <div className="relative text-right" aria-hidden="true">
      {ticks.map((tick) => (
        <div key={tick} className="h-0">
          <span className="invisible">{formats.compact(tick)}</span>
          <span
            className="absolute right-0 -translate-y-1/2"
            style={{ top: `${(topOf(tick, most) / HEIGHT) * 100}%` }}
          >
            {formats.compact(tick)}
          </span>
        </div>
      ))}
    </div>
  );
}

const topOf = (count: number, most: number) => HEIGHT - FOOT - (count / most) * (HEIGHT - FOOT - HEAD);

interface PlotProps {
  hours: Hours;
  ticks: readonly number[];
  over: number | null;
  onOver: (at: number) => void;
}

function Plot({ hours, ticks, over, onOver }: PlotProps) {
  const { t } = useTexts();
  const most = ticks.at(-1) ?? 1;
  const step = WIDTH / Math.max(1, hours.length);
  const bar = (at: number, count: number, className: string) => (
    <rect
      x={at * step + 3}
      y={topOf(count, most)}
      width={step - 6}
      height={HEIGHT - FOOT - topOf(count, most)}
      rx="2"
      className={className}
    />
  );
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('admin.overview.hours')}
      className="w-full"
    >
      {ticks.slice(1).map((count) => (
        <line
          key={count}
          x1="0"
          x2={WIDTH}
          y1={topOf(count, most)}
          y2={topOf(count, most)}
          className="stroke-line"
        />
      ))}
      {hours.map((hour, at) => (
        <g key={hour.at} onPointerEnter={() => onOver(at)}>
          <rect x={at * step} y="0" width={step} height={HEIGHT - FOOT} fill="transparent" />
          {bar(at, hour.questions, over === at ? 'fill-accent' : 'fill-accent/75')}
          {bar(at, hour.refusals, 'fill-bad')}
        </g>
      ))}
      <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="stroke-line-strong" />
    </svg>
  );
}
