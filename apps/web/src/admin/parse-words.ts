/** As the contract has it. */
export const WORD_LIMIT = 500;
export const WORDS_AT_ONCE = 10_000;

export interface ParsedWords {
  words: string[];
  /** Lines that repeat an earlier one. */
  repeated: number;
  tooLong: number;
  /** Beyond what one request may hold. */
  beyond: number;
}

/** One word or phrase on a line; empty lines are nothing. */
export function parseWords(text: string): ParsedWords {
  const seen = new Set<string>();
  const parsed: ParsedWords = { words: [], repeated: 0, tooLong: 0, beyond: 0 };
  for (const line of text.split(/\r\n|\n|\r/)) {
    const word = line.trim();
    if (word === '') continue;
    if (word.length > WORD_LIMIT) parsed.tooLong++;
    else if (seen.has(word)) parsed.repeated++;
    else if (parsed.words.length >= WORDS_AT_ONCE) parsed.beyond++;
    else {
      seen.add(word);
      parsed.words.push(word);
    }
  }
  return parsed;
}
