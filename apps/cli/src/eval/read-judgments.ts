import { Mistakes, readLines } from './read-records.js';

/**
 * Query id -> document id -> gain above 0. Lines of `query document gain` or, as TREC has them, `query 0 document gain`;
 * a first line with names instead of a number is passed over.
 */
export async function readJudgments(file: string): Promise<Map<string, Map<string, number>>> {
  const mistakes = new Mistakes(file);
  const judgments = new Map<string, Map<string, number>>();
  for await (const { number, text } of readLines(file)) {
    const fields = text.trim().split(/\s+/);
    const gain = Number(fields.at(-1));
    if (number === 1 && Number.isNaN(gain)) continue;
    const [query, document] = fields.length === 4 ? [fields[0], fields[2]] : fields;
    if (fields.length < 3 || fields.length > 4 || !query || !document)
      mistakes.add(number, 'must be `query document gain` or `query 0 document gain`');
    else if (!Number.isFinite(gain)) mistakes.add(number, 'gain: must be a number');
    else {
      const gains = judgments.get(query) ?? new Map<string, number>();
      judgments.set(query, gains);
      if (gain > 0) gains.set(document, gain);
    }
  }
  mistakes.refuse();
  // Nothing can be found for them.
  for (const [query, gains] of judgments) if (gains.size === 0) judgments.delete(query);
  return judgments;
}
