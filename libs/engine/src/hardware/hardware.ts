/** One card. Bytes. */
export interface Gpu {
  /** The index that nvidia-smi and, with PCI order, CUDA_VISIBLE_DEVICES use. */
  readonly index: number;
  readonly uuid: string | undefined;
  readonly name: string;
  /** What a process may have: total less what driver and firmware keep. */
  readonly memory: number;
  /** What other processes hold now. */
  readonly used: number;
  /** CUDA compute capability, e.g. 8.9; undefined where nobody said. */
  readonly capability: number | undefined;
  readonly driver: string | undefined;
}

export interface Hardware {
  readonly gpus: readonly Gpu[];
  /** Every card reads every other card's memory without the host. False where it is not known. */
  readonly peerToPeer: boolean;
}

/**
 * What driver and firmware keep of a card's memory where nvidia-smi does not tell: 354 of 24,564 MiB on an RTX 4090,
 * 616 of 143,771 MiB on an H200.
 */
export function estimateReserved(totalBytes: number): number {
  return Math.max(360 * 2 ** 20, Math.ceil(totalBytes * 0.005));
}
