import type { DescribedModel, Kernel } from '../catalogue/described-model.js';
import type { Gpu } from '../hardware/hardware.js';
import { weightBytes } from './weight-bytes.js';

/**
 * The kernel that vLLM takes on the weakest of the cards; where a card's capability is not known, the one whose weights
 * are largest, so that the plan holds on any. Undefined where no kernel runs there.
 */
export function chooseKernel(model: DescribedModel, cards: readonly Gpu[]): Kernel | undefined {
  const capabilities = cards.map((card) => card.capability);
  if (!capabilities.includes(undefined)) {
    const weakest = Math.min(...capabilities.map((capability) => capability ?? 0));
    return model.kernels.find(
      ({ minCapability, belowCapability }) =>
        weakest >= minCapability && weakest < (belowCapability ?? Number.POSITIVE_INFINITY),
    );
  }
  const bytes = (kernel: Kernel): number => weightBytes(model, kernel, cards.length);
  return model.kernels.reduce((largest, kernel) => (bytes(kernel) > bytes(largest) ? kernel : largest));
}
