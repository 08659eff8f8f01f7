import type { LevelReport, ShareReport } from './bench-report.js';
import type { Spread } from './percentiles.js';
import type { Figures } from './summarize.js';

/** Each gateway against each model server at the same level; levels that one of them lacks are left out. */
export function compareShares(levels: readonly LevelReport[]): ShareReport[] {
  return levels
    .filter(({ kind }) => kind === 'through')
    .flatMap((through) =>
      levels
        .filter(
          (direct) =>
            direct.kind === 'direct' &&
            direct.concurrency === through.concurrency &&
            direct.rate === through.rate,
        )
        .flatMap((direct) => shareOf(direct, through) ?? []),
    );
}

function shareOf(direct: LevelReport, through: LevelReport): ShareReport | undefined {
  const [from, to] = [direct.figures, through.figures];
  if (!from.e2el || !to.e2el) return undefined;
  // A gateway keeps reasoning to itself: its first token is then the answer's first, and is compared with that.
  const basis = reasons(from) && !reasons(to) ? 'first text' : 'first token';
  const first = (figures: Figures): Spread | undefined =>
    basis === 'first text' ? figures.firstContent : figures.ttft;
  const [own, ours] = [first(from), first(to)];
  const [bare, whole] =
    basis === 'first text'
      ? [extended(from, from.tpot), extended(to, from.tpot)]
      : [from.answer100?.p50, to.answer100?.p50];
  if (!own || !ours || !bare || !whole) return undefined;
  return {
    direct: direct.target,
    through: through.target,
    concurrency: through.concurrency,
    rate: through.rate,
    basis,
    ttftRatio: ours.p50 / own.p50,
    addedTtftMs: ours.p50 - own.p50,
    e2elRatio: to.e2el.p50 / from.e2el.p50,
    shareOf100: 1 - bare / whole,
  };
}

/** Whether tokens that are not of the answer itself come first. */
function reasons({ ttft, firstContent, tpot }: Figures): boolean {
  return !!ttft && !!firstContent && !!tpot && firstContent.p50 - ttft.p50 > tpot.p50 / 2;
}

/**
 * The median answer's time, brought to 100 tokens at the model server's own pace: through a gateway the pace of the
 * tokens that were not shown cannot be known.
 */
function extended({ e2el, outputTokens, successful }: Figures, pace: Spread | undefined): number | undefined {
  return e2el && pace ? e2el.p50 + (100 - outputTokens / successful) * pace.p50 : undefined;
}
