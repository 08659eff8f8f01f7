import { describeCause } from '../log/describe-event.js';
import type { Cause } from '../log/log-event.js';
import type { Ending } from './instance-status.js';

/** One sentence for the terminal, the log and the administrators' page. */
export function describeEnding(ending: Ending): string {
  switch (ending.kind) {
    case 'log':
      return describeCause(ending.cause);
    case 'exited':
      return ending.signal
        ? `vLLM was ended by ${ending.signal}.`
        : `vLLM ended by itself with exit code ${ending.code}.`;
    case 'unhealthy':
      return 'vLLM says of itself that its engine is dead.';
    case 'stalled':
      return `Requests run, and no token came for ${ending.seconds} s.`;
    case 'probe-silent':
      return `A question of one token was not answered within ${ending.seconds} s.`;
    case 'start-too-long':
      return `vLLM was not ready after ${ending.seconds} s.`;
    case 'answers-differ':
      return 'The same question was answered differently: this replica does not compute correctly.';
    case 'chat-unanswered':
      return 'Chat completions are not answered.';
    case 'warm-up-failed':
      return 'Not every batch size could be warmed.';
    case 'memory-high':
      return `A card's memory was ${Math.round(ending.share * 100)} % full for too long.`;
    case 'no-program':
      return 'The program of vLLM was not found: install vLLM, or set ENGINE_VLLM_PROGRAM to its path.';
    case 'port-taken':
      return 'The port is taken by another program.';
    case 'weights':
    case 'fault':
      return ending.text;
  }
}

/** What another try cannot heal: somebody has to change something first. */
const PERMANENT: ReadonlySet<string> = new Set([
  'bad-flag',
  'missing-model',
  'too-many-gpus',
  'heads-not-divisible',
  'damaged-weights',
  'no-kernel',
  'missing-module',
  'no-vocabulary',
]);

export function isPermanent(ending: Ending): boolean {
  if (ending.kind === 'log') return PERMANENT.has(ending.cause.kind);
  return ending.kind === 'no-program' || ending.kind === 'weights';
}

const UNEXPLAINED: ReadonlySet<string> = new Set([
  ...['exited', 'unhealthy', 'probe-silent', 'start-too-long', 'answers-differ', 'chat-unanswered'],
  ...['warm-up-failed', 'unknown', 'worker-died', 'engine-died'],
]);

/** An ending whose cause nobody knows: neither something to change nor something to wait for. */
export function isUnexplained(ending: Ending): boolean {
  return UNEXPLAINED.has(ending.kind === 'log' ? ending.cause.kind : ending.kind);
}

/** What says more of why it ended: vLLM's own words, but for an exception that nobody knows only where nothing else is seen. */
export function mostTelling<T>(ending: T | Ending, cause: Cause | undefined): T | Ending {
  if (!cause || typeof ending !== 'object' || ending === null) return ending;
  const exited = (ending as Ending).kind === 'exited';
  return cause.kind === 'unknown' && !exited ? ending : { kind: 'log', cause };
}

/** An ending that the death of vLLM's leader looks like until its exit is told. */
export function isOutlived(ending: Ending | 'climb' | undefined): boolean {
  if (ending === undefined || ending === 'climb') return false;
  return ending.kind === 'unhealthy' || (ending.kind === 'log' && ending.cause.kind === 'worker-died');
}
