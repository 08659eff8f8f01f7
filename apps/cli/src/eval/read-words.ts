import { readFile } from 'node:fs/promises';
import { foldText, type Fold } from '@lorekeep/kit/matching';
import {
  decodeLines,
  encodingOf,
  FOLDED_LENGTH_LIMIT,
  LISTED_WORDS_LIMIT,
  WORD_LENGTH_LIMIT,
} from '@lorekeep/scanner';
import { CliError } from '../cli.errors.js';
import { Mistakes } from './read-records.js';

export interface ReadWords {
  /** As they are written, each once. */
  readonly words: readonly string[];
  /** One sentence: how many, in what encoding, what was passed over. */
  readonly summary: string;
}

/** A mark at the very beginning that is no character of the word. */
const MARK = /^\ufeff/;
const CONTROL = /\p{Cc}/u;
/** Seen whatever the fold: such an entry needs no closer look. */
const PLAIN = /[0-9A-Za-z\u4e00-\u9fff]/;
/** No character folds to more units. */
const EXPANSION = 18;

/**
 * The words of a file, one a line, in UTF-8, UTF-16 or GB18030. Nothing is taken off them but the end of the line.
 * @throws CliError where one of them could not be honoured: half a list is no list
 */
export async function readWords(file: string, fold: Fold): Promise<ReadWords> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (cause) {
    throw new CliError(`${file} cannot be read: ${(cause as Error).message}`, undefined, { cause });
  }
  return wordsIn(content, file, fold);
}

/** @param file its name, for the report */
export function wordsIn(content: Buffer, file: string, fold: Fold): ReadWords {
  const encoding = encodingOf(content);
  const mistakes = new Mistakes(file);
  const words = new Set<string>();
  const remarks = new Remarks();
  for (const { number, text: line, isForeign } of decodeLines(content, encoding)) {
    const text = number === 1 && line !== null ? line.replace(MARK, '') : line;
    if (text === null) mistakes.add(number, 'is no text in UTF-8, UTF-16 or GB18030');
    else if (text.trim() === '') remarks.add('blank', number);
    else if (words.has(text)) remarks.add('repeated', number);
    else {
      const problem = problemOf(text, fold);
      if (problem) mistakes.add(number, problem);
      else words.add(text);
      if (text.trim() !== text) remarks.add('with blanks around them, taken as written', number);
      if (CONTROL.test(text)) remarks.add('with control characters, taken as written', number);
      if (isForeign) remarks.add('in another encoding than the others', number);
    }
    if (words.size > LISTED_WORDS_LIMIT)
      throw new CliError(`${file} has more than ${LISTED_WORDS_LIMIT} words.`);
  }
  mistakes.refuse();
  const summary = `${file}: ${words.size} words, ${encoding}${remarks.text()}`;
  if (words.size === 0) throw new CliError(`There are no words. ${summary}`);
  return { words: [...words], summary };
}

function problemOf(text: string, fold: Fold): string | undefined {
  if (text.length > WORD_LENGTH_LIMIT)
    return `has ${text.length} UTF-16 units; a word may have ${WORD_LENGTH_LIMIT}`;
  if (text.includes('\0') || !text.isWellFormed()) return 'is no text: it has a NUL or half a character';
  if (PLAIN.test(text) && text.length * EXPANSION <= FOLDED_LENGTH_LIMIT) return undefined;
  const folded = foldText(text, fold).text;
  if (folded.trim() === '') return 'has invisible characters alone, which these folds leave out';
  if (folded.length > FOLDED_LENGTH_LIMIT)
    return `has ${folded.length} UTF-16 units when folded; a word may have ${FOLDED_LENGTH_LIMIT}`;
  return undefined;
}

/** What was passed over or taken with a remark: how often, and where first. */
class Remarks {
  private readonly seen = new Map<string, { count: number; line: number }>();

  add(what: string, line: number): void {
    const known = this.seen.get(what);
    if (known) known.count++;
    else this.seen.set(what, { count: 1, line });
  }

  text(): string {
    return [...this.seen]
      .map(([what, { count, line }]) => `; ${count} ${what} (line ${line} first)`)
      .join('');
  }
}
