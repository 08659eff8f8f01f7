import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckWeights } from './prepare-start.js';

/** The least that a start needs: a folder of the model that holds weights and its configuration. */
export const checkFolder: CheckWeights = async ({ model, basis }) => {
  const folder = join(basis.modelsFolder, basis.model.folder);
  const files = await readdir(folder).catch(() => undefined);
  if (!files)
    return `There are no weights of ${model}: the folder ${folder} does not exist. Fetch the model first.`;
  if (!files.includes('config.json'))
    return `The folder ${folder} of ${model} holds no config.json: fetch the model again.`;
  return undefined;
};
