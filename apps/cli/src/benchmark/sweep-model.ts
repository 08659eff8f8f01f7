import type { SweepReport, SweepStep } from './bench-report.js';
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

/**
 * How many callers at once one address serves within the goals; `parts.prompts` has the sweep's own length. Nothing when it was interrupted before the
 * first step, or no step was answered.
 */
export async function sweepModel(
  model: string,
  target: Target,
  max: number,
  parts: ModelParts,
): Promise<SweepReport | null> {
  const goals = parts.settings.goals ?? SWEEP_GOALS;
  const { inputTokens, outputTokens } = parts.settings.sweepShape;
  const silent = new Set<Target>();
  const { highest, tried } = await findHighest(max, async (concurrency) => {
    if (silent.size > 0) return undefined;
    const requests = Math.max(REQUESTS_MIN, REQUESTS_EACH * concurrency);
    const settings = { ...parts.settings, inputTokens, outputTokens, goals, requests, rounds: 1 };
    const own = { ...parts, settings, silent, say: (line: string) => parts.say(`sweep: ${line}`) };
    const [level] = await measureLevel(model, [target], { concurrency, rate: Infinity }, own);
    return level && !parts.signal.aborted ? stepOf(concurrency, level.figures) : undefined;
  });
  for (const gone of silent) parts.silent.add(gone);
  if (tried.length === 0 || (highest === 0 && silent.size > 0)) return null;
  const atLimit = highest === max || parts.signal.aborted;
  return { target: target.label, inputTokens, outputTokens, goals, highestStable: highest, atLimit, tried };
}

function stepOf(concurrency: number, figures: Figures): SweepStep {
  return {
    ...judge(concurrency, figures),
    firstTokenP95: figures.ttft?.p95 ?? null,
    tpotP95: figures.tpot?.p95 ?? null,
    e2elP95: figures.e2el?.p95 ?? null,
    outputThroughput: figures.outputThroughput,
  };
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
