import { baseFold } from '@lorekeep/kit/matching';
import type { CommandContext } from '../command-context.js';
import type { ExitCode } from '../exit-codes.js';
import { buildScanTables, wordFolds, type ScanTables } from './build-scan-tables.js';
import { randomPieces } from './cut-pieces.js';
import { evaluateLines, type Streams } from './evaluate-lines.js';
import { readScanOptions, type ScanOptions, type ScanSettings } from './read-scan-options.js';
import { textLine } from './read-stream-records.js';
import { readWords } from './read-words.js';
import { scanRecord } from './scan-record.js';

/** Scans each text of stdin and writes what was found to stdout; wrong lines are named at the end. */
export async function evaluateScanner(
  context: CommandContext,
  options: ScanOptions,
  streams?: Streams,
): Promise<ExitCode> {
  const settings = readScanOptions(options);
  const tables = await tablesOf(context, settings);
  const cut = settings.seed === undefined ? undefined : randomPieces(settings.seed);
  let hits = 0;
  return evaluateLines(context, {
    schema: textLine,
    evaluate: ({ id, text }) => {
      const scanned = scanRecord(tables, text, cut);
      hits += scanned.hits.length;
      return { id, ...scanned };
    },
    summary: (texts) => `Texts scanned: ${texts}, hits: ${hits}`,
    streams,
  });
}

async function tablesOf({ progress }: CommandContext, settings: ScanSettings): Promise<ScanTables> {
  let words: readonly string[] = [];
  if (settings.words !== undefined) {
    const read = await readWords(settings.words, baseFold(wordFolds(settings)));
    progress.step(`Read ${read.summary}`);
    words = read.words;
  }
  const tables = buildScanTables(words, settings);
  progress.step('Reading {id, text} lines from standard input');
  return tables;
}
