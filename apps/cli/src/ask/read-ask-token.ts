import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An API key of the sample employee, so that `ask` never wants a password: DATA_DIR/ask-token, mode 600. */
export const askTokenPath = (dataDir: string): string => join(dataDir, 'ask-token');

export function readAskToken(dataDir: string): string | undefined {
  try {
    return readFileSync(askTokenPath(dataDir), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
