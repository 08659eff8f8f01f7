import { appendFileSync, readFileSync } from 'node:fs';

const TAIL_BYTES = 2000;
/** A list of wrong settings can be long. */
const SENTENCE_BYTES = 16_384;

/**
 * What a service said when it gave up: its sentence with the indented lines beneath it (one for every wrong setting)
 * where there is one, else the end of what it wrote.
 */
export function lastWords(log: Buffer): string {
  const lines = log.subarray(-SENTENCE_BYTES).toString('utf8').trimEnd().split('\n');
  const first = lines.findLastIndex((line) => /^\w+ cannot start: /.test(line));
  if (first < 0) return log.subarray(-TAIL_BYTES).toString('utf8').trim();
  const more = lines.slice(first + 1);
  const end = more.findIndex((line) => !/^\s+\S/.test(line));
  return [lines[first], ...(end < 0 ? more : more.slice(0, end))].join('\n');
}

/** The last words in a log file, from there on; where nothing can be written any more, there may be none, or half of them. */
export function lastWordsIn(path: string, from: number): string {
  return [lastWords(readFileSync(path).subarray(from)), whyUnwritten(path)].filter(Boolean).join('\n');
}

/** Empty where the log can be written. */
export function whyUnwritten(path: string): string {
  try {
    appendFileSync(path, '\n');
    return '';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : code;
    return `Its log ${path} cannot be written: ${why}.`;
  }
}
