import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How far the samples are, in DATA_DIR/samples.json: without it a document that somebody deleted would come back at the
 * next start.
 */
export interface SampleState {
  /** `begun`: they may exist, and nobody has seen their passwords yet. `done`: they were shown. */
  readonly accounts: 'none' | 'begun' | 'done';
  readonly handbook: 'none' | 'done';
}

const FILE = 'samples.json';

export function readSampleState(dataDir: string): SampleState {
  try {
    return JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as SampleState;
  } catch {
    return { accounts: 'none', handbook: 'none' };
  }
}

export function writeSampleState(dataDir: string, state: SampleState): void {
  const path = join(dataDir, FILE);
  writeFileSync(`${path}.tmp`, JSON.stringify(state));
  renameSync(`${path}.tmp`, path);
}
