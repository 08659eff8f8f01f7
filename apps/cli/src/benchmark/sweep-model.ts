import type { SweepReport } from './bench-report.js';
import { findHighest, type Tried } from './find-highest.js';
import { measureLevel, type ModelParts } from './measure-model.js';
import type { Figures, Goals } from './summarize.js';
import type { Target } from './target.js';

/** First token within two seconds, then faster than anybody reads. */
export const SWEEP_GOALS: Goals = { ttft: 2_000, tpot: 50 };
/** At least so many of all requests must meet every goal: the 95th percentile is within them. */
export const STABLE_SHARE = 0.95;
/** Three full turns of every caller: a queue that grows shows itself in the later ones. */
const REQUESTS_EACH = 3;
const REQUESTS_MIN = 20;

/** How many callers at once one address serves within the goals. Nothing when it was interrupted before the first step. */
export async function sweepModel(
  model: string,
  target: Target,
  max: number,
  parts: ModelParts,
): Promise<SweepReport | null> {
  const goals = parts.settings.goals ?? SWEEP_GOALS;
  const { highest, tried } = await findHighest(max, async (concurrency) => {
    const requests = Math.max(REQUESTS_MIN, REQUESTS_EACH * concurrency);
    const own = { ...parts, settings: { ...parts.settings, goals, requests, rounds: 1 } };
    const [level] = await measureLevel(model, [target], { concurrency, rate: Infinity }, own);
    return level && !parts.signal.aborted ? judge(concurrency, level.figures) : undefined;
  });
  if (tried.length === 0) return null;
  const { inputTokens, outputTokens } = parts.settings;
  const atLimit = highest === max;
  return { target: target.label, inputTokens, outputTokens, goals, highestStable: highest, atLimit, tried };
}

/** Stable = nothing failed, and enough requests met every goal. */
export function judge(concurrency: number, figures: Figures): Tried {
  const met = figures.goodShare ?? 0;
  if (figures.failed > 0) {
    const kinds = Object.keys(figures.failures).join(', ');
    return { concurrency, stable: false, why: `${figures.failed} requests failed (${kinds})` };
  }
  if (met >= STABLE_SHARE) return { concurrency, stable: true, why: '' };
  const worst = `TTFT P95 ${figures.ttft?.p95.toFixed(0)} ms, TPOT P95 ${figures.tpot?.p95.toFixed(1)} ms`;
  return { concurrency, stable: false, why: `${(met * 100).toFixed(0)} % met the goals (${worst})` };
}
