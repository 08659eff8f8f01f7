import { join, resolve } from 'node:path';

/** Where the command line finds the engine host of this data folder. */
export function hostSocket(dataDir: string): string {
  return join(resolve(dataDir), 'host.sock');
}
