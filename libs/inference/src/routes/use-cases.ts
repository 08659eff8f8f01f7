/** What an answer is for. `batch`: nobody waits for it. */
export const USE_CASES = ['question', 'drafting', 'code', 'creative', 'batch', 'embedding'] as const;
export type UseCase = (typeof USE_CASES)[number];

/** A route asked for where a model's name stands. */
const ROUTE_PREFIX = 'lorekeep-';

/** The use case of a name like `lorekeep-code`; undefined for names of models. */
export function useCaseOf(name: string | undefined): UseCase | undefined {
  if (!name?.startsWith(ROUTE_PREFIX)) return undefined;
  return USE_CASES.find((useCase) => `${ROUTE_PREFIX}${useCase}` === name);
}
