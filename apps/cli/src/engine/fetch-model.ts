import { fetchWeights, modelFolder, openSource } from '@lorekeep/engine';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findModel } from './find-models.js';
import { readEngineSettings } from './read-engine-settings.js';
import { showProgress } from './show-progress.js';

export interface FetchCommandOptions {
  readonly from: string;
  readonly json?: boolean;
}

/** Brings a model's weights; what goes wrong is one sentence. */
export async function fetchModel(
  context: CommandContext,
  id: string,
  options: FetchCommandOptions,
): Promise<ExitCode> {
  const { signal, progress } = context;
  const settings = readEngineSettings(context.environment);
  const model = await findModel(id, settings.ENGINE_CATALOGUE);
  const access = {
    hub: settings.ENGINE_HUB_URL,
    token: settings.ENGINE_HUB_TOKEN === '' ? undefined : settings.ENGINE_HUB_TOKEN,
    silenceMs: settings.ENGINE_FETCH_SILENCE_MS,
  };
  const source = await openSource(options.from, model, access, signal);
  progress.step(`Fetching ${id} from ${source.name}`);
  const folder = modelFolder(settings.ENGINE_MODELS, model.folder);
  const report = await fetchWeights(source, folder, model, { signal, onProgress: showProgress(progress) });
  context.print(
    options.json
      ? JSON.stringify({ model: id, ...report })
      : `${id}: ${report.files} files, ${(report.bytes / 1e9).toFixed(2)} GB in ${report.folder}; ${report.fetched} were fetched, all are right.`,
  );
  return EXIT.OK;
}
