import { useState } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { axisTicks } from './axis-ticks.js';
import type { Period, Series } from './period-chart.js';

const WIDTH = 720;
const HEIGHT = 160;
const FOOT = 1;
const HEAD = 8;
const LABELS = 4;

/** What stands below the bars, at most once for so many of them. */
export interface Axis {
  textOf: (at: string) => string;
  bars: number;
}

interface Props {
  title: string;
  periods: readonly Period[];
  series: readonly Series[];
  timeOf: (at: string) => string;
  axis: Axis;
}

/** With the numbers of its axis, and of the period that is pointed at. */
export function PeriodBars({ title, periods, series, timeOf, axis }: Props) {
  const { t } = useTexts();
  const [over, setOver] = useState<number | null>(null);
  const values = periods.flatMap((period) => series.map(({ valueOf }) => valueOf(period) ?? 0));
  const ticks = axisTicks(Math.max(0, ...values));
  const shown = over === null ? undefined : periods[over];
  const every = Math.ceil(periods.length / axis.bars / LABELS) * axis.bars;
  return (
    <figure
      onPointerLeave={() => setOver(null)}
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-12 text-text-2 tabular-nums"
    >
      <Scale ticks={ticks} say={series[0]?.say ?? String} />
      <Plot {...{ title, periods, series, ticks, over }} onOver={setOver} />
      <div className="relative col-start-2 mt-1 h-5" aria-hidden="true">
        {periods.map(
          ({ at }, index) =>
            index % every === 0 && (
              <span
                key={at}
                className="absolute whitespace-nowrap"
                style={{ left: `${(index / periods.length) * 100}%` }}
              >
                {axis.textOf(at)}
              </span>
            ),
        )}
      </div>
      <figcaption className="col-start-2 min-h-5 text-text-1">
        {shown &&
          `${timeOf(shown.at)}${t('common.colon')}${series.map((each) => toldOf(each, shown)).join(' · ')}`}
      </figcaption>
    </figure>
  );
}

function toldOf({ label, valueOf, say }: Series, period: Period): string {
  const value = valueOf(period);
  return `${label} ${value === null ? '–' : say(value)}`;
}

/** Beside the plot and not in it, where it would shrink with it. */
function Scale({ ticks, say }: { ticks: readonly number[]; say: (value: number) => string }) {
  const most = ticks.at(-1) ?? 1;
  return (
    <div className="relative text-right" aria-hidden="true">
      {ticks.map((tick) => (
        <div key={tick} className="h-0">
          <span className="invisible">{say(tick)}</span>
          <span
            className="absolute right-0 -translate-y-1/2 whitespace-nowrap"
            style={{ top: `${(topOf(tick, most) / HEIGHT) * 100}%` }}
          >
            {say(tick)}
          </span>
        </div>
      ))}
    </div>
  );
}

const topOf = (value: number, most: number) => HEIGHT - FOOT - (value / most) * (HEIGHT - FOOT - HEAD);

interface PlotProps extends Omit<Props, 'timeOf' | 'axis'> {
  ticks: readonly number[];
  over: number | null;
  onOver: (at: number) => void;
}

function Plot({ title, periods, series, ticks, over, onOver }: PlotProps) {
  const most = ticks.at(-1) ?? 1;
  const step = WIDTH / Math.max(1, periods.length);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title} className="w-full">
      {ticks.slice(1).map((tick) => (
        <line
          key={tick}
          x1="0"
          x2={WIDTH}
          y1={topOf(tick, most)}
          y2={topOf(tick, most)}
          className="stroke-line"
        />
      ))}
      {periods.map((period, at) => (
        <g
          key={period.at}
          onPointerEnter={() => onOver(at)}
          className={over === null || over === at ? undefined : 'opacity-60'}
        >
          <rect x={at * step} y="0" width={step} height={HEIGHT - FOOT} fill="transparent" />
          {series.map(({ label, fill, valueOf }) => {
            const top = topOf(valueOf(period) ?? 0, most);
            return (
              <rect
                key={label}
                x={at * step + 3}
                y={top}
                width={step - 6}
                height={HEIGHT - FOOT - top}
                rx="2"
                className={fill}
              />
            );
          })}
        </g>
      ))}
      <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="stroke-line-strong" />
    </svg>
  );
}
