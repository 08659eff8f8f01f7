import { StreamScanner, type ScanHit, type ScanTable } from '@lorekeep/scanner';
import type { ScanTables } from './build-scan-tables.js';
import { unitPieces, wholeText, type CutText } from './cut-pieces.js';

export interface RecordHit {
  /** UTF-16 units of the original text. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  readonly category: string;
  readonly action: string;
}

export interface ScannedRecord {
  /** Every match, overlapping ones too, whatever its action, by place. */
  readonly hits: readonly RecordHit[];
  /** What a reader would be shown. */
  readonly output: string;
  /** Most UTF-16 units that were ever held back, with the text arriving unit by unit: no cut can hold more. */
  readonly heldMax: number;
}

/** Scans a text with the engine that answers are streamed through, in pieces where `cut` says so. */
export function scanRecord(tables: ScanTables, text: string, cut?: CutText): ScannedRecord {
  const units = stream(tables.shown, text, unitPieces);
  const output = cut ? stream(tables.shown, text, cut).output : units.output;
  const hits = asHits(stream(tables.found, text, cut ?? wholeText).hits, tables);
  return { hits, output, heldMax: units.heldMax };
}

const CHANNEL = 'text';

function stream(table: ScanTable, text: string, cut: CutText) {
  const scanner = new StreamScanner(table);
  const hits: ScanHit[] = [];
  const shown: string[] = [];
  let heldMax = 0;
  for (const piece of cut(text)) {
    const step = scanner.push(CHANNEL, piece);
    shown.push(step.release);
    // One by one: a text may have more of them than a call takes arguments.
    for (const hit of step.hits) hits.push(hit);
    if (step.stopped) return { hits, output: shown.join(''), heldMax };
    heldMax = Math.max(heldMax, scanner.held(CHANNEL));
  }
  const rest = scanner.end(CHANNEL);
  shown.push(rest.release);
  for (const hit of rest.hits) hits.push(hit);
  return { hits, output: shown.join(''), heldMax };
}

function asHits(found: readonly ScanHit[], { wordOf, actionOf }: ScanTables): RecordHit[] {
  const hits = new Map<string, RecordHit>();
  for (const { ruleId, category, start, end } of found) {
    const isDetector = ruleId.startsWith('detector:');
    // What is still being swallowed is told again with a later end.
    const key = isDetector ? `${ruleId}:${start}` : `${ruleId}:${start}:${end}`;
    const known = hits.get(key);
    if (known && known.end >= end) continue;
    hits.set(key, { start, end, word: wordOf(ruleId), category, action: actionOf(category) });
  }
  return [...hits.values()].sort(
    (a, b) =>
      a.start - b.start || a.end - b.end || compare(a.word, b.word) || compare(a.category, b.category),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
