import { useTexts } from '../locales/use-texts.js';
import { ApiProblem, Unreachable } from './problem.js';

export interface DescribedError {
  title: string;
  detail?: string;
  reference?: string;
}

/** Turns whatever was thrown into what somebody can read and act on. */
export function useDescribeError(): (error: unknown) => DescribedError {
  const { t, say } = useTexts();
  return (error) => {
    if (error instanceof ApiProblem) {
      const { problem } = error;
      if (problem.status === 403) return { title: t('common.error.forbidden'), reference: problem.reference };
      if (problem.status === 404) return { title: t('common.error.missing'), reference: problem.reference };
      // The detail is a sentence; the title is only the name of its status.
      return { title: say(problem.detail || problem.title, problem.code), reference: problem.reference };
    }
    if (error instanceof Unreachable) {
      return { title: t('common.error.unreachable'), detail: t('common.error.unreachableText') };
    }
    return { title: t('common.error.unexpected'), detail: t('common.error.unexpectedText') };
  };
}

/** The same in one line, for a notice or a toast. */
export function useErrorLine(): (error: unknown) => string {
  const describe = useDescribeError();
  return (error) => {
    const { title, detail, reference } = describe(error);
    // What somebody can put right: the sentence that says what. What only we can: the reference, to report it by.
    if (error instanceof ApiProblem && error.problem.status < 500) return title;
    const text = detail ? `${title}. ${detail}` : title;
    return reference ? `${text} (${reference})` : text;
  };
}
