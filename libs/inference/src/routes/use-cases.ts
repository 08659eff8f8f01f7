import { USE_CASES, type UseCase } from '@lorekeep/contracts/vocabulary';

/** What no passage can stand for: without a model there is no answer, and quotations are none. */
export const UNQUOTABLE: ReadonlySet<UseCase> = new Set<UseCase>(['embedding', 'transcription']);

/** A route asked for where a model's name stands. */
const ROUTE_PREFIX = 'lorekeep-';

/** The use case of a name like `lorekeep-code`; undefined for names of models. */
export function useCaseOf(name: string | undefined): UseCase | undefined {
  if (!name?.startsWith(ROUTE_PREFIX)) return undefined;
  return USE_CASES.find((useCase) => `${ROUTE_PREFIX}${useCase}` === name);
}
