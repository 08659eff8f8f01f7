import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Mistakes } from './read-records.js';

/** A text to be looked at by the scanner. */
export const textLine = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

const LINE_FEED = 0x0a;

/** The records of a stream of JSON lines, as they arrive; what is wrong goes to `mistakes`, blank lines are passed over. */
export async function* readStreamRecords<T>(
  input: Readable,
  schema: z.ZodType<T>,
  mistakes: Mistakes,
): AsyncIterable<T> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  for await (const bytes of linesOf(input)) {
    number++;
    const read = recordOf(bytes, schema, decoder);
    if (read === undefined) continue;
    if ('mistake' in read) mistakes.add(number, read.mistake);
    else yield read.record;
  }
}

/** What is wrong with it, or undefined for a blank line. */
function recordOf<T>(
  bytes: Buffer,
  schema: z.ZodType<T>,
  decoder: InstanceType<typeof TextDecoder>,
): { record: T } | { mistake: string } | undefined {
  let value: unknown;
  try {
    // Leaves out a mark at the beginning.
    const text = decoder.decode(bytes);
    if (text.trim() === '') return undefined;
    value = JSON.parse(text);
  } catch (cause) {
    return { mistake: cause instanceof SyntaxError ? `is not JSON (${cause.message})` : 'is not UTF-8' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { record: parsed.data };
  const [issue] = parsed.error.issues;
  return { mistake: `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'is wrong'}` };
}

/** Only a line feed ends a line: JSON strings may contain the other separators of Unicode. */
async function* linesOf(input: Readable): AsyncIterable<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of input) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    let from = 0;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
      yield Buffer.concat([...begun, bytes.subarray(from, at)]);
      begun = [];
      from = at + 1;
    }
    if (from < bytes.length) begun.push(bytes.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
