import type { WeightsProgress } from '@lorekeep/engine';
import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { Progress } from '../terminal/progress.js';

/** Between two lines: often enough to see it move. */
const EVERY_MS = 2_000;
const GB = 1e9;

/** Progress lines: `fetching model-1.safetensors (1 of 3): 4.1 of 13.8 GB, 512 MB/s, about 20 s left`. */
export function showProgress(
  progress: Progress,
  clock: Clock = systemClock,
): (event: WeightsProgress) => void {
  const began = clock.monotonic();
  let said = began;
  return ({ phase, file, number, files, bytes, total }) => {
    const now = clock.monotonic();
    if (now - said < EVERY_MS) return;
    said = now;
    const speed = bytes / (now - began);
    const left = speed > 0 && total > 0 ? `, about ${Math.ceil((total - bytes) / speed / 1000)} s left` : '';
    const size =
      total > 0
        ? `${(bytes / GB).toFixed(1)} of ${(total / GB).toFixed(1)} GB`
        : `${(bytes / GB).toFixed(1)} GB`;
    progress.step(
      `${phase} ${file} (${number} of ${files}): ${size}, ${Math.round(speed / 1000)} MB/s${left}`,
    );
  };
}
