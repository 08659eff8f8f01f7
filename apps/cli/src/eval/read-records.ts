import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CliError } from '../cli.errors.js';

/** In a TREC run, ids stand between blanks. */
const id = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => text !== '' && !/\s/.test(text), 'must be a word without blanks');

export const corpusLine = z.object({ id, title: z.string().nullish(), text: z.string() });
export const queryLine = z.object({ id, text: z.string() });

/** So many mistakes are named; more say no more. */
const MISTAKES_MAX = 10;

/** Collects what is wrong with a file, to be said at once. */
export class Mistakes {
  private readonly lines: string[] = [];
  private count = 0;

  constructor(private readonly file: string) {}

  add(line: number, what: string): void {
    this.count++;
    if (this.lines.length < MISTAKES_MAX) this.lines.push(`${this.file}:${line}: ${what}`);
  }

  /** Throws when there were any. */
  refuse(): void {
    if (this.count === 0) return;
    const rest = this.count - this.lines.length;
    throw new CliError([...this.lines, ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n'));
  }
}

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** Lines that are not empty, from 1. Throws a CliError for a file that cannot be read. */
export async function* readLines(file: string): AsyncIterable<NumberedLine> {
  const stream = createReadStream(file, 'utf8');
  let number = 0;
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      number++;
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() !== '') yield { number, text };
    }
  } catch (cause) {
    throw new CliError(`${file} cannot be read: ${(cause as Error).message}`, undefined, { cause });
  } finally {
    stream.destroy();
  }
}

/** The records of a file of JSON lines; what is wrong goes to `mistakes`. */
export async function* readRecords<T extends { id: string }>(
  file: string,
  schema: z.ZodType<T>,
  mistakes: Mistakes,
): AsyncIterable<T> {
  const seen = new Map<string, number>();
  for await (const { number, text } of readLines(file)) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      mistakes.add(number, `is not JSON (${(cause as Error).message})`);
      continue;
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      mistakes.add(number, `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'is wrong'}`);
      continue;
    }
    const before = seen.get(parsed.data.id);
    if (before !== undefined) mistakes.add(number, `id ${parsed.data.id} stands in line ${before} already`);
    seen.set(parsed.data.id, number);
    yield parsed.data;
  }
}

/** All records of a file, or what is wrong with it. */
export async function readAll<T extends { id: string }>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const mistakes = new Mistakes(file);
  const records: T[] = [];
  for await (const record of readRecords(file, schema, mistakes)) records.push(record);
  mistakes.refuse();
  if (records.length === 0) throw new CliError(`${file} has no lines.`);
  return records;
}
