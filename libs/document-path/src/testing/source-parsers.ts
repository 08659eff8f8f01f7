import { pathToFileURL, fileURLToPath } from 'node:url';
import type { DocumentLimits } from '../document-path.config.js';
import { ParserPool } from '../2-parse/parser-pool.js';

/** The defaults of the configuration. */
export const benchLimits: DocumentLimits = {
  DOCUMENT_MAX_BYTES: 50 * 1024 * 1024,
  DOCUMENT_MAX_UNPACKED_BYTES: 100 * 1024 * 1024,
  DOCUMENT_MAX_ENTRIES: 2_000,
  DOCUMENT_MAX_LEVELS: 3,
  DOCUMENT_MAX_PAGES: 5_000,
  DOCUMENT_MAX_CHARACTERS: 10_000_000,
  DOCUMENT_PARSE_SECONDS: 60,
  DOCUMENT_PARSE_MEMORY_MB: 1_024,
  DOCUMENT_PARSERS: 1,
};

/** Arguments with which Node runs the sources. */
export function runSources(): string[] {
  const hook = new URL('../../../../test/support/typescript.mjs', import.meta.url);
  return ['--import', pathToFileURL(fileURLToPath(hook)).href, '-C', 'lorekeep-source', '--no-warnings'];
}

/** A pool whose processes run the sources, for specs and benches that must not depend on a build. */
export function sourceParsers(limits: DocumentLimits): ParserPool {
  return new ParserPool(limits, {
    path: fileURLToPath(new URL('../2-parse/parser-entry.ts', import.meta.url)),
    execArgv: runSources(),
  });
}
