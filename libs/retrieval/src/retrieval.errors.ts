import { Fault, RequestError } from '@lorekeep/kit/errors';

export const RETRIEVAL_CODES = ['RETRIEVAL_UNAVAILABLE'] as const;
export type RetrievalCode = (typeof RETRIEVAL_CODES)[number];

/** The search could not be made. There is no answer without it: the question is refused. */
export class RetrievalFault extends Fault<RetrievalCode> {
  constructor(cause: unknown) {
    super('RETRIEVAL_UNAVAILABLE', 'The documents cannot be searched at the moment. Ask again later.', {
      cause,
      status: 503,
      step: 'retrieval',
    });
    this.name = 'RetrievalFault';
  }
}

export const unknownReader = (principals: readonly string[]): RequestError =>
  new RequestError(422, 'READER_UNKNOWN', 'A reader is not a person or group of this organisation.', [
    ...principals.map((principal) => ({ path: 'readers', message: `unknown: ${principal}` })),
  ]);

export const slugTaken = (): RequestError =>
  new RequestError(409, 'COLLECTION_EXISTS', 'A collection with this short name exists already.', [
    { path: 'slug', message: 'taken' },
  ]);
