import type { Readable, Writable } from 'node:stream';
import { baseFold } from '@lorekeep/kit/matching';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { buildScanTables, wordFolds, type ScanTables } from './build-scan-tables.js';
import { randomPieces } from './cut-pieces.js';
import { readScanLines } from './read-scan-lines.js';
import { readScanOptions, type ScanOptions, type ScanSettings } from './read-scan-options.js';
import { Mistakes } from './read-records.js';
import { readWords } from './read-words.js';
import { scanRecord } from './scan-record.js';
import { ReaderLeft, writingRun } from './write-run.js';

interface Streams {
  readonly input: Readable;
  readonly out: Writable;
}

const SAY_EVERY_MS = 2_000;

/** Scans each text of stdin and writes what was found to stdout; wrong lines are named at the end. */
export async function evaluateScanner(
  context: CommandContext,
  options: ScanOptions,
  streams: Streams = { input: process.stdin, out: process.stdout },
): Promise<ExitCode> {
  const settings = readScanOptions(options);
  const tables = await tablesOf(context, settings);
  const mistakes = new Mistakes('stdin');
  const { input, out } = streams;
  // A terminal that says nothing must not keep the command from ending.
  const leave = (): unknown => input.destroy();
  context.signal.addEventListener('abort', leave);
  try {
    await writingRun(out, async (write) => {
      const { seed } = settings;
      const cut = seed === undefined ? undefined : randomPieces(seed);
      const progress = new Count(context);
      for await (const { id, text } of readScanLines(input, mistakes)) {
        context.signal.throwIfAborted();
        const scanned = scanRecord(tables, text, cut);
        await write(`${JSON.stringify({ id, ...scanned })}\n`);
        progress.add(scanned.hits.length);
      }
      context.signal.throwIfAborted();
      progress.say();
    });
  } catch (cause) {
    if (!(cause instanceof ReaderLeft)) throw cause;
  } finally {
    context.signal.removeEventListener('abort', leave);
  }
  mistakes.refuse();
  return EXIT.OK;
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

class Count {
  private texts = 0;
  private hits = 0;
  private said = performance.now();

  constructor(private readonly context: CommandContext) {}

  add(hits: number): void {
    this.texts++;
    this.hits += hits;
    if (performance.now() - this.said < SAY_EVERY_MS) return;
    this.said = performance.now();
    this.say();
  }

  say(): void {
    this.context.progress.step(`Scanned ${this.texts} texts, ${this.hits} hits`);
  }
}
