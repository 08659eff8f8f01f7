/** What is left out of a list, or taken with a remark (`exists`, `encoding`, `broad`). */
export const LIST_PROBLEMS = [
  'blank',
  'repeated',
  'too-long',
  'control',
  'invisible',
  'quotes',
  'undecodable',
  'encoding',
  'exists',
  'broad',
] as const;
export type ListProblem = (typeof LIST_PROBLEMS)[number];

export interface ListReport {
  readonly encoding: string | null;
  readonly lines: number;
  readonly words: number;
  /** The first words that are taken, shortened: whoever imports a file sees whether it was read as it is meant. */
  readonly first?: readonly string[];
  readonly problems: Partial<Record<ListProblem, number>>;
  readonly examples: readonly { problem: ListProblem; line: number; text: string }[];
}

/** Examples that are kept of each problem, and units of each. */
export const EXAMPLES_LIMIT = 10;
export const EXAMPLE_LENGTH = 60;
/** Words that are shown of those that are taken. */
export const FIRST_WORDS = 10;

/** Counts what stands in the way of a list, with the first examples of each. */
export class ReportKeeper {
  lines = 0;
  words = 0;
  private readonly first: string[] = [];
  private readonly problems: Partial<Record<ListProblem, number>> = {};
  private readonly examples: { problem: ListProblem; line: number; text: string }[] = [];

  constructor(private readonly encoding: string | null) {}

  add(problem: ListProblem, line: number, text: string): void {
    const count = (this.problems[problem] ?? 0) + 1;
    this.problems[problem] = count;
    if (count > EXAMPLES_LIMIT) return;
    this.examples.push({ problem, line, text: shortened(text) });
  }

  take(word: string): void {
    this.words++;
    if (this.first.length < FIRST_WORDS) this.first.push(shortened(word));
  }

  report(): ListReport {
    const { encoding, lines, words, first, problems, examples } = this;
    return { encoding, lines, words, first: [...first], problems: { ...problems }, examples: [...examples] };
  }
}

/** Storable, visible and short: controls and halves of pairs become U+FFFD. */
function shortened(text: string): string {
  const cut = text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH)}…` : text;
  return cut.replace(/\p{Cc}/gu, '\ufffd').toWellFormed();
}
