import type { ScanTable } from './scan-table.js';
import { StreamScanner, type OnHit, type ScanHit } from './stream-scanner.js';

export interface ScannedText {
  /** What may be shown: redacted, and cut before the first word of action `stop`. */
  readonly text: string;
  readonly hits: readonly ScanHit[];
  readonly stopped?: ScanHit;
}

/** Scans a whole text (a title, a citation, a draft) by the same engine as a stream. */
export function scanText(table: ScanTable, text: string, channel = 'text', onHit?: OnHit): ScannedText {
  const scanner = new StreamScanner(table, onHit);
  const body = scanner.push(channel, text);
  if (body.stopped) return { text: body.release, hits: body.hits, stopped: body.stopped };
  const rest = scanner.end(channel);
  const scanned = { text: body.release + rest.release, hits: [...body.hits, ...rest.hits] };
  return rest.stopped ? { ...scanned, stopped: rest.stopped } : scanned;
}
