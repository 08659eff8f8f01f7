import type { AnswerRecord } from './answer-record.js';

/** The parser of gpt-oss's format, in an error inside of the stream or in place of it. */
const PAST_END = /Unexpected token .{1,40} while expecting start token/;

/** The engine read what the model wrote after its answer had ended, as `ignore_eos` has it, and could not. */
export const isPastEnd = ({ failure, detail }: Pick<AnswerRecord, 'failure' | 'detail'>): boolean =>
  (failure === 'error-event' || failure === 'server-error' || failure === 'bad-request') &&
  PAST_END.test(detail ?? '');
