import type { LevelReport, ModelReport } from './bench-report.js';

/** The levels at the door that decides between models: the first one, the model server's own where that was asked. */
export function ownLevels({ levels }: ModelReport): LevelReport[] {
  return levels.filter(({ target }) => target === levels[0]?.target);
}
