import { posix } from 'node:path';

/** Where a model's weights lie: its own folder where that is absolute, else below the models' folder. */
export function modelFolder(modelsFolder: string, folder: string): string {
  return posix.isAbsolute(folder) ? posix.normalize(folder) : posix.join(modelsFolder, folder);
}
