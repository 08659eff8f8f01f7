import type { LevelReport, ShareReport } from './bench-report.js';

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
  if (!from.ttft || !to.ttft || !from.e2el || !to.e2el || !from.answer100 || !to.answer100) return undefined;
  return {
    direct: direct.target,
    through: through.target,
    concurrency: through.concurrency,
    rate: through.rate,
    ttftRatio: to.ttft.p50 / from.ttft.p50,
    addedTtftMs: to.ttft.p50 - from.ttft.p50,
    e2elRatio: to.e2el.p50 / from.e2el.p50,
    shareOf100: 1 - from.answer100.p50 / to.answer100.p50,
  };
}
