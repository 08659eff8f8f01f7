/** What an answer is for. `batch`: nobody waits for it. */
export const USE_CASES = [
  'question',
  'drafting',
  'code',
  'creative',
  'batch',
  'embedding',
  'transcription',
] as const;
export type UseCase = (typeof USE_CASES)[number];

/** What no passage can stand for: without a model there is no answer, and quotations are none. */
export const UNQUOTABLE: ReadonlySet<UseCase> = new Set<UseCase>(['embedding', 'transcription']);

/** A route asked for where a model's name stands. */
const ROUTE_PREFIX = 'lorekeep-';

/** The use case of a name like `lorekeep-code`; undefined for names of models. */
export function useCaseOf(name: string | undefined): UseCase | undefined {
  if (!name?.startsWith(ROUTE_PREFIX)) return undefined;
  return USE_CASES.find((useCase) => `${ROUTE_PREFIX}${useCase}` === name);
}
