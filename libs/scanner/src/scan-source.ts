import { CleanSources } from './clean-sources.js';
import { REDACTION_MARK } from './redacted-spans.js';
import type { ScanTable } from './scan-table.js';
import { scanText } from './scan-text.js';
import type { OnHit, ScanHit } from './stream-scanner.js';

/** One text of a source. */
export interface SourcePart {
  readonly channel: string;
  readonly text: string;
  /** UTF-16 units of what is returned that are shown at the most, from its beginning; left out: all of it. */
  readonly shown?: number;
}

export interface ScannedSource {
  /** The parts as they may be shown, in their order; none where the source is left out. */
  readonly texts: readonly string[];
  /** What was found in what is shown; of a source that is left out, what stops it. */
  readonly hits: readonly ScanHit[];
  /** A part has a match of action `stop`: nothing of the source may be shown, or given to a model. */
  readonly leftOut: boolean;
}

/** Goes before the channel of a hit because of which a source was left out. */
export const LEFT_OUT = 'left-out:';

const clean = new CleanSources();

/** Scans what an answer is made of, each part once and whole. A stop there is about the source, not about the answer. */
export function scanSource(table: ScanTable, parts: readonly SourcePart[], onHit?: OnHit): ScannedSource {
  const details: Parameters<OnHit>[0][] = [];
  const texts: string[] = [];
  for (const { channel, text, shown = Infinity } of parts) {
    if (clean.has(table, text)) {
      texts.push(text);
      continue;
    }
    const found: typeof details = [];
    const scanned = scanText(table, text, channel, (detail) => found.push(detail));
    if (scanned.stopped) {
      const stops = found.filter(({ action }) => action === 'stop');
      const left = stops.map((detail) => ({ ...detail, channel: LEFT_OUT + channel }));
      return { texts: [], hits: told(left, onHit), leftOut: true };
    }
    texts.push(scanned.text);
    // A table that does not hear all of its words yet has not found nothing.
    if (found.length === 0 && scanned.text === text && !table.deaf?.size) clean.add(table, text);
    const end = endOfShown(found, shown);
    for (const detail of found) if (detail.start < end) details.push(detail);
  }
  return { texts, hits: told(details, onHit), leftOut: false };
}

/** Where what is shown ends in the original: a mark is mostly shorter than what it stands for. */
function endOfShown(found: readonly ScanHit[], shown: number): number {
  let end = shown;
  for (const hit of found)
    if (hit.action === 'redact' && hit.start < end)
      end += Math.max(0, hit.end - hit.start - REDACTION_MARK.length);
  return end;
}

function told(details: readonly Parameters<OnHit>[0][], onHit: OnHit | undefined): ScanHit[] {
  return details.map((detail) => {
    onHit?.(detail);
    const { original: _text, folded: _entry, ...hit } = detail;
    return hit;
  });
}
