import type { Readable, Writable } from 'node:stream';
import type { z } from 'zod';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { Mistakes } from './read-records.js';
import { readStreamRecords } from './read-stream-records.js';
import { ReaderLeft, writingRun } from './write-run.js';

export interface Streams {
  readonly input: Readable;
  readonly out: Writable;
}

interface Evaluation<T> {
  readonly schema: z.ZodType<T>;
  /** What is written for a record, as one line of JSON. */
  readonly evaluate: (record: T) => object;
  /** How far it is, in a sentence. */
  readonly summary: (records: number) => string;
  readonly streams?: Streams | undefined;
}

const SAY_EVERY_MS = 2_000;

/** A line to stdout for each record of stdin, as they arrive; wrong lines are named at the end. */
export async function evaluateLines<T>(
  { signal, progress }: CommandContext,
  { schema, evaluate, summary, streams }: Evaluation<T>,
): Promise<ExitCode> {
  const mistakes = new Mistakes('stdin');
  const { input, out } = streams ?? { input: process.stdin, out: process.stdout };
  // A terminal that says nothing must not keep the command from ending.
  const leave = (): unknown => input.destroy();
  signal.addEventListener('abort', leave);
  try {
    await writingRun(out, async (write) => {
      let records = 0;
      let said = performance.now();
      for await (const record of readStreamRecords(input, schema, mistakes)) {
        signal.throwIfAborted();
        await write(`${JSON.stringify(evaluate(record))}\n`);
        records++;
        if (performance.now() - said < SAY_EVERY_MS) continue;
        said = performance.now();
        progress.step(summary(records));
      }
      signal.throwIfAborted();
      progress.step(summary(records));
    });
  } catch (cause) {
    if (!(cause instanceof ReaderLeft)) throw cause;
  } finally {
    signal.removeEventListener('abort', leave);
  }
  mistakes.refuse();
  return EXIT.OK;
}
