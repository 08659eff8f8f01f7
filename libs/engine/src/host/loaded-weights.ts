import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { modelFolder } from '../catalogue/model-folder.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import { PART_SUFFIX } from '../weights/fetch-file.js';
import { SUMS_FILE } from '../weights/sums-file.js';

/** What lay in a model's folder when an instance was last started from it: other weights there make it another model. */
export class LoadedWeights {
  private readonly signs = new Map<string, string>();

  async note(plan: InstancePlan): Promise<void> {
    this.signs.set(plan.id, await signOf(plan));
  }

  /** False too where nothing was started yet: what lies there now will be read. */
  async haveChanged(plan: InstancePlan): Promise<boolean> {
    const loaded = this.signs.get(plan.id);
    return loaded !== undefined && loaded !== (await signOf(plan));
  }
}

/** Names, sizes, times of change and inodes, as the record of what was verified has them; sums are no weights. */
async function signOf({ basis: { model, modelsFolder } }: InstancePlan): Promise<string> {
  const folder = modelFolder(modelsFolder, model.folder);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const kept = names.filter(
    (name) => !name.startsWith('.') && name !== SUMS_FILE && !name.endsWith(PART_SUFFIX),
  );
  const files = await Promise.all(
    kept.sort().map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      return found?.isFile() ? [name, found.size, found.mtimeMs, found.ino] : [];
    }),
  );
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}
