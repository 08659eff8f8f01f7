import { escapeHtml } from './escape-html.js';
import { ticksOf } from './ticks.js';

export interface Series {
  readonly name: string;
  /** In ascending order of x. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
  /** A line across. */
  readonly limit?: { readonly y: number; readonly name: string };
}

const WIDTH = 460;
const HEIGHT = 260;
const LEFT = 56;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 40;
/** Room for four digits. */
const LABEL = 36;
/** Told apart by mark as well as by colour. */
const MARKS = ['circle', 'square', 'diamond', 'triangle'] as const;

/** A plot of lines as SVG; the x axis shows the values that were measured, evenly spaced by their logarithm. */
export function linePlot(plot: Plot): string {
  const xs = [...new Set(plot.series.flatMap(({ points }) => points.map(({ x }) => x)))].sort(
    (a, b) => a - b,
  );
  const top = Math.max(
    0,
    plot.limit?.y ?? 0,
    ...plot.series.flatMap(({ points }) => points.map(({ y }) => y)),
  );
  if (xs.length === 0) return '';
  const ticks = ticksOf(top);
  const [low, high] = [Math.log(xs[0] ?? 1), Math.log(xs.at(-1) ?? 1)];
  const px = (x: number): number =>
    xs.length === 1
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + 12 + ((Math.log(x) - low) / (high - low)) * (WIDTH - LEFT - RIGHT - 24);
  const py = (y: number): number => HEIGHT - BOTTOM - (y / (ticks.at(-1) ?? 1)) * (HEIGHT - TOP - BOTTOM);
  const rows = ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(py(tick))}" y2="${at(py(tick))}"/>` +
      `<text x="${LEFT - 6}" y="${at(py(tick) + 4)}" text-anchor="end">${tick}</text>`,
  );
  const columns = apart(xs, px).map(
    (x) => `<text x="${at(px(x))}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${x}</text>`,
  );
  const lines = plot.series.map(({ name, points }, index) => {
    const place = points.map(({ x, y }) => [px(x), py(y)] as const);
    const marks = points.map(
      ({ x, y }) =>
        `<g><title>${escapeHtml(`${name}: ${y.toPrecision(4)} at ${x}`)}</title>${markAt(index, px(x), py(y))}</g>`,
    );
    return `<g class="s${index % 4}"><polyline points="${place.map(([x, y]) => `${at(x)},${at(y)}`).join(' ')}"/>${marks.join('')}</g>`;
  });
  return (
    `<figure><figcaption>${escapeHtml(plot.title)}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(plot.title)}">` +
    rows.join('') +
    columns.join('') +
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(plot.x)}</text>` +
    `<text x="12" y="${(HEIGHT - BOTTOM + TOP) / 2}" text-anchor="middle" transform="rotate(-90 12 ${(HEIGHT - BOTTOM + TOP) / 2})">${escapeHtml(plot.y)}</text>` +
    (plot.limit ? limitAt(plot.limit.name, py(plot.limit.y)) : '') +
    lines.join('') +
    `</svg>${legendOf(plot.series)}</figure>`
  );
}

/** Those whose labels do not run into each other; the last one always. */
function apart(xs: readonly number[], px: (x: number) => number): number[] {
  const last = xs.at(-1) ?? 0;
  const kept: number[] = [];
  for (const x of xs) {
    const before = kept.at(-1);
    const isFree = before === undefined || px(x) - px(before) >= LABEL;
    if (x === last || (isFree && px(last) - px(x) >= LABEL)) kept.push(x);
  }
  return kept;
}

function limitAt(name: string, y: number): string {
  return (
    `<line class="limit" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(y)}" y2="${at(y)}"/>` +
    `<text class="limit" x="${LEFT + 4}" y="${at(y + (y < TOP + 20 ? 16 : -5))}">${escapeHtml(name)}</text>`
  );
}

function legendOf(series: readonly Series[]): string {
  const entries = series.map(
    ({ name }, index) =>
      `<li class="s${index % 4}"><svg viewBox="0 0 12 12" aria-hidden="true">${markAt(index, 6, 6)}</svg>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${entries.join('')}</ul>`;
}

function markAt(index: number, x: number, y: number): string {
  switch (MARKS[index % MARKS.length]) {
    case 'square':
      return `<rect x="${at(x - 3.5)}" y="${at(y - 3.5)}" width="7" height="7"/>`;
    case 'diamond':
      return `<path d="M${at(x)} ${at(y - 5)}l5 5-5 5-5-5z"/>`;
    case 'triangle':
      return `<path d="M${at(x)} ${at(y - 5)}l5 9h-10z"/>`;
    default:
      return `<circle cx="${at(x)}" cy="${at(y)}" r="4"/>`;
  }
}

const at = (value: number): string => value.toFixed(1);
