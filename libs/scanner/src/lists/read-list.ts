import { checkWord } from '../check-word.js';
import { decodeLines, encodingOf, type FileLine } from './decode-lines.js';
import { firstField, isHeading } from './first-field.js';
import { joinRows } from './join-rows.js';
import { ReportKeeper, type ListProblem } from './list-report.js';

export interface ReadList {
  /** Each word with the line that it stands in, in order. */
  readonly words: ReadonlyMap<string, number>;
  readonly report: ReportKeeper;
}

export interface ReadOptions {
  readonly isCsv: boolean;
  readonly wordsLimit: number;
  /** Told now and then how far it is; what it throws ends the reading. */
  readonly onProgress: (words: number, bytes: number) => Promise<void>;
}

/** More words than a list may have. */
export class TooManyWords extends Error {}

/** Lines between two reports of progress, which also let others have the thread. */
const LINES_A_TURN = 5_000;
const CONTROL = /\p{Cc}/u;
/** A mark at the very beginning that is no character of the word. */
const MARK = /^\ufeff/;

/** The words of a file, one a line or the first column of a CSV, and what was left out. @throws TooManyWords */
export async function readList(content: Buffer, options: ReadOptions): Promise<ReadList> {
  const encoding = encodingOf(content);
  const report = new ReportKeeper(encoding);
  const words = new Map<string, number>();
  const lines = decodeLines(content, encoding);
  for (const line of options.isCsv ? joinRows(lines) : lines) {
    report.lines = line.number + (line.text?.split('\n').length ?? 1) - 1;
    const taken = wordOf(line, options.isCsv, report);
    if (taken !== null) take(taken, line.number, words, report, options.wordsLimit);
    if (line.number % LINES_A_TURN === 0) await options.onProgress(words.size, line.end);
  }
  report.words = words.size;
  await options.onProgress(words.size, content.length);
  return { words, report };
}

/** The word of a line; null where it has none, or was a heading. */
function wordOf({ number, text, isForeign }: FileLine, isCsv: boolean, report: ReportKeeper): string | null {
  if (text === null) {
    report.add('undecodable', number, '');
    return null;
  }
  if (isForeign) report.add('encoding', number, text);
  const line = number === 1 ? text.replace(MARK, '') : text;
  if (!isCsv) return line.trim();
  const field = firstField(line.trim());
  if (field === null) report.add('quotes', number, line);
  else if (number === 1 && isHeading(field)) return null;
  return field === null ? null : field.trim();
}

function take(
  word: string,
  line: number,
  words: Map<string, number>,
  report: ReportKeeper,
  limit: number,
): void {
  const problem = words.has(word) ? 'repeated' : problemOf(word);
  if (problem) {
    report.add(problem, line, word);
    return;
  }
  if (words.size >= limit) throw new TooManyWords();
  words.set(word, line);
}

function problemOf(word: string): ListProblem | undefined {
  if (word === '') return 'blank';
  if (CONTROL.test(word)) return 'control';
  const problem = checkWord(word);
  if (problem === 'blank') return 'invisible';
  return problem === 'not-text' ? 'undecodable' : problem;
}
