import { modelFolder, recordSums, verifyWeights } from '@lorekeep/engine';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findModel } from './find-models.js';
import { readEngineSettings } from './read-engine-settings.js';
import { showProgress } from './show-progress.js';

export interface VerifyCommandOptions {
  readonly thorough?: boolean;
  readonly record?: boolean;
  readonly json?: boolean;
}

/** Compares a model's weights with their sums; exit code 1 where they differ, each file on a line of stderr. */
export async function verifyModel(
  context: CommandContext,
  id: string,
  options: VerifyCommandOptions,
): Promise<ExitCode> {
  const { signal, progress } = context;
  const settings = readEngineSettings(context.environment);
  const model = await findModel(id, settings.ENGINE_CATALOGUE);
  const folder = modelFolder(settings.ENGINE_MODELS, model.folder);
  const onProgress = showProgress(progress);
  if (options.record)
    progress.say(`Recorded the sums of ${await recordSums(folder, { signal, onProgress })} files.`);
  const thorough = options.thorough ?? false;
  const report = await verifyWeights(folder, model, { signal, onProgress, thorough });
  if (options.json) context.print(JSON.stringify({ model: id, folder, ...report }));
  if (report.state === 'damaged') {
    for (const { sentence } of report.problems) progress.say(sentence);
    return EXIT.FAILED;
  }
  if (!options.json)
    context.print(
      `${id}: ${report.files} files, ${(report.bytes / 1e9).toFixed(2)} GB in ${folder}, all right.`,
    );
  return EXIT.OK;
}
