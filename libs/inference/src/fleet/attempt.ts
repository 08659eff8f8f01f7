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
  // By hand: AbortSignal.any costs more than the rest of an attempt.
  const away = new AbortController();
  let isMoved = false;
  const leave = () => away.abort(ctx.signal.reason);
  const pending: Pending = {
    move: () => {
      if (!mayMove()) return;
      isMoved = true;
      away.abort();
    },
  };
  if (ctx.signal.aborted) leave();
  else ctx.signal.addEventListener('abort', leave, { once: true });
  const { signal } = away;
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
    throw isMoved && !ctx.signal.aborted ? new InferenceFault('INFERENCE_FIRST_TOKEN_TIMEOUT') : error;
  } finally {
    ctx.signal.removeEventListener('abort', leave);
    replica.pending.delete(pending);
  }
}
