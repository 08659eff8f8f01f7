import type { AnswerRecord } from './answer-record.js';
import type { LevelReport, ModelReport } from './bench-report.js';
import { compareShares } from './compare-shares.js';
import type { LoadWatch } from './load-watch.js';
import { isPastEnd } from './is-past-end.js';
import {
  measureRound,
  requestsFor,
  shareOut,
  SURE,
  type LevelParts,
  type MeasuredRound,
} from './measure-level.js';
import type { Load, Round } from './run-load.js';
import { summarize } from './summarize.js';
import type { Target } from './target.js';

/** Requests of a target before its first measured one, where nobody said how many. */
const WARM_UP_MAX = 64;

export interface ModelParts extends LevelParts {
  readonly watch: LoadWatch;
  readonly say: (line: string) => void;
  /** Processor time of this process until now. */
  readonly processorMs: () => number;
}

/** Every level, the targets in turns (A B, B A, …), so that what drifts meets both alike. */
export async function measureModel(
  report: ModelReport,
  targets: readonly Target[],
  parts: ModelParts,
): Promise<void> {
  for (const level of parts.settings.levels) {
    if (parts.signal.aborted) return;
    const open = targets.filter((target) => !parts.silent.has(target));
    report.levels.push(...(await measureLevel(report.model, open, level, parts)));
    report.shares = compareShares(report.levels);
  }
}

/**
 * The targets at one level, warmed first. What an interrupt left is told all the same. An engine that fails past the
 * end of an answer is found out in the warm-up, or in a round; then the level is measured anew without `ignore_eos`.
 */
export async function measureLevel(
  model: string,
  targets: readonly Target[],
  level: Pick<Load, 'rate' | 'concurrency'>,
  parts: ModelParts,
): Promise<LevelReport[]> {
  const known = parts.ownEnds.size;
  const reports = await measureOnce(model, targets, level, parts);
  if (parts.ownEnds.size === known || parts.signal.aborted) return reports;
  return measureLevel(model, targets, level, parts);
}

async function measureOnce(
  model: string,
  targets: readonly Target[],
  level: Pick<Load, 'rate' | 'concurrency'>,
  parts: ModelParts,
): Promise<LevelReport[]> {
  const { settings, signal } = parts;
  const requests = requestsFor(settings, level.concurrency);
  const at = level.concurrency === Infinity ? `${level.rate} requests/s` : `${level.concurrency} at once`;
  const silence = new Map<Target, Round>();
  const warmup = settings.warmup ?? Math.min(level.concurrency, WARM_UP_MAX, requests);
  for (const target of warmup > 0 ? targets : []) {
    parts.say(`${model}: ${target.label}, ${at}, warming up (${warmup} requests)`);
    const load = { requests: warmup, rate: Infinity, concurrency: warmup };
    const round = await measureRound(target, model, load, parts);
    if (endsByItself(target, round, model, parts)) return [];
    if (isSilent(round)) {
      parts.silent.add(target);
      silence.set(target, round);
    }
  }
  const measured = targets.map((target) => ({
    target,
    // What was not answered in the warm-up is all that there is to tell.
    rounds: [silence.get(target) ?? []].flat(),
    watched: parts.watch.begin(),
    busyMs: 0,
  }));
  for (const [round, count] of shareOut(requests, settings.rounds, level.concurrency).entries())
    for (const entry of round % 2 === 0 ? measured : [...measured].reverse()) {
      if (signal.aborted) break;
      if (parts.silent.has(entry.target)) continue;
      parts.say(`${model}: ${entry.target.label}, ${at}, round ${round + 1} (${count} requests)`);
      entry.watched.start();
      const before = parts.processorMs();
      const measuredRound = await measureRound(entry.target, model, { ...level, requests: count }, parts);
      entry.rounds.push(measuredRound);
      entry.busyMs += parts.processorMs() - before;
      await entry.watched.stop();
      if (endsByItself(entry.target, measuredRound, model, parts)) return [];
      if (isSilent(measuredRound)) parts.silent.add(entry.target);
    }
  return measured
    .filter(({ rounds }) => rounds.some(({ records }) => records.length > 0))
    .map(({ target, rounds, watched, busyMs }) => {
      const figures = summarize(rounds, settings);
      return {
        ...{ target: target.label, kind: target.kind, figures, load: watched.seen() },
        ...{ concurrency: finite(level.concurrency), rate: finite(level.rate) },
        clientBusy: busyMs / Math.max(1, figures.durationMs),
      };
    });
}

/** Nobody is there, or nobody says anything any more; who refuses is there. */
function isSilent({ records, isHung }: MeasuredRound): boolean {
  const unheard = ({ failure }: AnswerRecord): boolean => failure === 'connection' || failure === 'timeout';
  return isHung || (records.length >= SURE && records.every(unheard));
}

/** True for what was not known before: this engine cannot be made to go on. */
function endsByItself(target: Target, { records }: Round, model: string, parts: ModelParts): boolean {
  if (target.kind === 'through' || parts.ownEnds.has(target) || !records.some(isPastEnd)) return false;
  parts.ownEnds.add(target);
  parts.say(`${model}: ${target.label} fails past the end of an answer; going on without ignore_eos`);
  return true;
}

const finite = (value: number): number | null => (value === Infinity ? null : value);
