/**
 * For Node itself, by service; the image says the same (deploy/docker). Node 22 and later let the young generation grow
 * to 64 MiB, twice: a third of what the gateway holds.
 */
export const NODE_ARGUMENTS = {
  gateway: ['--max-semi-space-size=16'],
  worker: [],
  engine: [],
} as const;

/**
 * For glibc; the image says the same. Left to itself it raises this limit up to 32 MiB with each large block that is
 * given back, and keeps those that come later: 20 MB of what a start leaves behind.
 */
export const MALLOC = { MALLOC_MMAP_THRESHOLD_: '131072' } as const;
