/** What is left out of a list, or taken with a remark (`exists`, `encoding`). */
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
] as const;
export type ListProblem = (typeof LIST_PROBLEMS)[number];

export interface ListReport {
  readonly encoding: string | null;
  readonly lines: number;
  readonly words: number;
  readonly problems: Partial<Record<ListProblem, number>>;
  readonly examples: readonly { problem: ListProblem; line: number; text: string }[];
}

/** Examples that are kept of each problem, and units of each. */
export const EXAMPLES_LIMIT = 10;
export const EXAMPLE_LENGTH = 60;

/** Counts what stands in the way of a list, with the first examples of each. */
export class ReportKeeper {
  lines = 0;
  words = 0;
  private readonly problems: Partial<Record<ListProblem, number>> = {};
  private readonly examples: { problem: ListProblem; line: number; text: string }[] = [];

  constructor(private readonly encoding: string | null) {}

  add(problem: ListProblem, line: number, text: string): void {
    const count = (this.problems[problem] ?? 0) + 1;
    this.problems[problem] = count;
    if (count > EXAMPLES_LIMIT) return;
    this.examples.push({ problem, line, text: shortened(text) });
  }

  report(): ListReport {
    const { encoding, lines, words, problems, examples } = this;
    return { encoding, lines, words, problems: { ...problems }, examples: [...examples] };
  }
}

/** Storable, visible and short: controls and halves of pairs become U+FFFD. */
function shortened(text: string): string {
  const cut = text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH)}…` : text;
  return cut.replace(/\p{Cc}/gu, '\ufffd').toWellFormed();
}
