import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import type { Pending, Replica } from '../replicas/replica.js';

/**
 * One replica's answer. Nothing is yielded before it says something, its `model` event included, so that until then
 * another one can be asked. When the replica falls silent and `mayMove` says that there is another, a question without
 * a byte ends as INFERENCE_FIRST_TOKEN_TIMEOUT.
 */
export async function* attempt(
  ctx: CallContext,
  request: AnswerRequest,
  replica: Replica,
  mayMove: () => boolean,
): AsyncGenerator<AnswerEvent, void, void> {
  const away = new AbortController();
  const pending: Pending = { move: () => mayMove() && away.abort() };
  const signal = AbortSignal.any([ctx.signal, away.signal]);
  let held: AnswerEvent | undefined;
  replica.pending.add(pending);
  try {
    for await (const event of replica.driver.answer({ ...ctx, signal }, request)) {
      // Headers come from a server whose workers may stand still.
      if (event.kind === 'model') {
        held = event;
        continue;
      }
      replica.moved();
      if (held) {
        replica.pending.delete(pending);
        yield held;
        held = undefined;
      }
      yield event;
    }
  } catch (error) {
    const moved = away.signal.aborted && !ctx.signal.aborted;
    throw moved ? new InferenceFault('INFERENCE_FIRST_TOKEN_TIMEOUT') : error;
  } finally {
    replica.pending.delete(pending);
  }
}
