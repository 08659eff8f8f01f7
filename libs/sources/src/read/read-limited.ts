import { SourceProblem, type SourceCode } from '../sources.errors.js';

/** A body in memory, up to a limit. Throws SourceProblem with the given code beyond it. */
export async function readLimited(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  beyond: SourceCode,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > limit) throw new SourceProblem(beyond);
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
