/** What a script may rely on. Each command's --help repeats them. */
export const EXIT = {
  OK: 0,
  /** It could not be done, or was refused (a plan that does not fit); one sentence on stderr says why. */
  FAILED: 1,
  /** The command line itself is wrong. */
  USAGE: 2,
  /** ask: the question was refused, or the answer was stopped. */
  REFUSED: 3,
  /** verify-audit: the chain is broken. */
  TAMPERED: 4,
  /** verify-index: the index is not what the passages say. */
  DAMAGED: 5,
  /** Ended by Ctrl-C or a signal. */
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `
Exit codes:
  0    done
  1    could not be done; stderr says why in one sentence
  2    wrong use of the command line
  3    the question was refused or its answer stopped (ask)
  4    the audit chain is broken (verify-audit)
  5    the search index is damaged (verify-index)
  130  interrupted`;
