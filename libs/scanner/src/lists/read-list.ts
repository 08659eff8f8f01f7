import { checkWord } from '../check-word.js';
import { decodeLines, encodingOf, type FileLine } from './decode-lines.js';
import { isBroad } from '../is-broad.js';
import { fieldOf, FIRST_COLUMN, headedColumn, type WordColumn } from './first-field.js';
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

/**
 * The words of a file, one a line or the column of a CSV that its heading names, without one the first, and what was left
 * out.
 * @throws TooManyWords
 */
export async function readList(content: Buffer, options: ReadOptions): Promise<ReadList> {
  const encoding = encodingOf(content);
  const report = new ReportKeeper(encoding);
  const words = new Map<string, number>();
  const lines = decodeLines(content, encoding);
  for (const placed of options.isCsv ? inColumns(joinRows(lines)) : alone(lines)) {
    const { line } = placed;
    report.lines = line.number + (line.text?.split('\n').length ?? 1) - 1;
    const taken = wordOf(placed, report);
    if (taken !== null) take(taken, line.number, words, report, options.wordsLimit);
    if (line.number % LINES_A_TURN === 0) await options.onProgress(words.size, line.end);
  }
  await options.onProgress(words.size, content.length);
  return { words, report };
}

/** A line, and where its word stands: null where it is all of the line. */
interface PlacedLine {
  readonly line: FileLine;
  readonly column: WordColumn | 'heading' | null;
}

function* alone(lines: Iterable<FileLine>): Generator<PlacedLine> {
  for (const line of lines) yield { line, column: null };
}

/** The second row is looked at before the first is known to be a heading. */
function* inColumns(rows: Generator<FileLine>): Generator<PlacedLine> {
  const [first, second] = [rows.next(), rows.next()];
  if (first.done) return;
  const heading = headedColumn(rowOf(first.value), second.done ? '' : rowOf(second.value));
  yield { line: first.value, column: heading ? 'heading' : FIRST_COLUMN };
  const column = heading ?? FIRST_COLUMN;
  if (!second.done) yield { line: second.value, column };
  for (const line of rows) yield { line, column };
}

/** Without the mark of the file and spaces before it; a tab there parts an empty field from the next. */
function rowOf({ number, text }: FileLine): string {
  return (number === 1 ? (text ?? '').replace(MARK, '') : (text ?? '')).replace(/^ +/, '').trimEnd();
}

/** The word of a line; null where it has none, or was a heading. */
function wordOf({ line, column }: PlacedLine, report: ReportKeeper): string | null {
  const { number, text, isForeign } = line;
  if (text === null) {
    report.add('undecodable', number, '');
    return null;
  }
  if (isForeign) report.add('encoding', number, text);
  if (column === 'heading') return null;
  const row = rowOf(line);
  if (column === null) return row.trim();
  const field = fieldOf(column.index === 0 ? row.trim() : row, column);
  if (field === null) report.add('quotes', number, row);
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
  report.take(word);
  if (isBroad(word, null)) report.add('broad', line, word);
}

function problemOf(word: string): ListProblem | undefined {
  if (word === '') return 'blank';
  if (CONTROL.test(word)) return 'control';
  const problem = checkWord(word);
  if (problem === 'blank') return 'invisible';
  return problem === 'not-text' ? 'undecodable' : problem;
}
