import type { Clock } from '@lorekeep/kit/clock';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DescribedModel } from '../catalogue/described-model.js';
import { modelFolder } from '../catalogue/model-folder.js';
import { sizeOf, verifyWeights, type WeightsReport } from './verify-weights.js';
import { WeightsFault } from './weights.errors.js';

/** Problems that are named; more are counted. */
const MAX_NAMED = 3;

/** What a start is planned with, as far as its weights go. */
export interface PlannedWeights {
  readonly basis: { readonly model: DescribedModel; readonly modelsFolder: string };
}

interface CheckSettings {
  readonly clock: Clock;
  /** Refuses weights whose sums nobody knows; else their folder need only hold a config.json. */
  readonly requireSums: boolean;
  /** Weights start unchecked: once for each start. */
  warn(sentence: string): void;
}

/**
 * Compares a model's weights with their sums before a start; files that have not been touched since are not read again.
 * `problem` is a sentence, where they are not right.
 */
export function checkBeforeStart({ clock, requireSums, warn }: CheckSettings) {
  return async (
    { basis: { model, modelsFolder } }: PlannedWeights,
    onProgress: (percent: number, remainingSeconds: number | null) => void,
    signal: AbortSignal,
  ): Promise<{ readonly problem?: string; readonly checked: boolean }> => {
    const folder = modelFolder(modelsFolder, model.folder);
    const began = clock.monotonic();
    let said = -1;
    try {
      const report = await verifyWeights(folder, model, {
        signal,
        onProgress: ({ bytes, total }) => {
          const percent = total > 0 ? Math.floor((100 * bytes) / total) : 0;
          if (percent === said) return;
          said = percent;
          onProgress(percent, bytes > 0 ? remaining(clock.monotonic() - began, bytes, total) : null);
        },
      });
      return outcome(sentenceOf(report, model.id, folder), true);
    } catch (error) {
      if (!(error instanceof WeightsFault)) throw error;
      if (error.code !== 'ENGINE_WEIGHTS_NO_SUMS') return outcome(error.safeText, true);
      if (requireSums) return outcome(`${error.safeText} ${howToKnow(model.id)}`, false);
      const missing = await leastOf(model.id, folder);
      if (missing === undefined) warn(unchecked(model.id));
      return outcome(missing, false);
    }
  };
}

function outcome(problem: string | undefined, checked: boolean) {
  return problem === undefined ? { checked } : { problem, checked };
}

function unchecked(id: string): string {
  return `The weights of ${id} start unchecked: nobody knows their SHA-256 sums. ${howToKnow(id)} ENGINE_REQUIRE_SUMS=true refuses such a start.`;
}

function howToKnow(id: string): string {
  return `lorekeep engine fetch ${id} --from … writes them; lorekeep engine verify ${id} --record writes those of what lies there.`;
}

/** What a folder must hold where no sums are known. */
async function leastOf(id: string, folder: string): Promise<string | undefined> {
  const fetching = `lorekeep engine fetch ${id} --from … brings them.`;
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    return `There are no weights of ${id}: the folder ${folder} does not exist; ${fetching}`;
  return (await sizeOf(join(folder, 'config.json'))) === undefined
    ? `The folder ${folder} of ${id} holds no config.json, so the weights are not whole; ${fetching}`
    : undefined;
}

function remaining(elapsedMs: number, bytes: number, total: number): number {
  return Math.ceil((elapsedMs * (total - bytes)) / bytes / 1000);
}

function sentenceOf(report: WeightsReport, id: string, folder: string): string | undefined {
  if (report.state === 'verified') return undefined;
  const { problems } = report;
  const named = problems.slice(0, MAX_NAMED).map(({ sentence }) => sentence);
  const more = problems.length > MAX_NAMED ? ` ${problems.length - MAX_NAMED} more files are wrong.` : '';
  return `The weights of ${id} in ${folder} are not what they must be: ${named.join(' ')}${more} lorekeep engine fetch ${id} --from … repairs them.`;
}
