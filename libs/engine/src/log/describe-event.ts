import type { Cause, LogEvent } from './log-event.js';

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(2)} GiB`;
const thousands = (number: number): string => number.toLocaleString('en');

/** One sentence for the log tail, made from an event alone; nothing for events that only move the progress bar. */
export function describeEvent(event: LogEvent): string | undefined {
  switch (event.kind) {
    case 'version':
      return `vLLM ${event.version}`;
    case 'memory':
      return `memory: ${event.part} ${gib(event.bytes)}`;
    case 'capacity':
      return `KV cache: ${thousands(event.tokens)} tokens`;
    case 'concurrency':
      return `room for ${event.times} requests of ${thousands(event.context)} tokens`;
    case 'cached':
      return 'compiled graphs come from the cache';
    case 'ready':
      return 'the server listens';
    case 'silence':
      return 'a process has not answered the others for a minute';
    case 'cause':
      return describeCause(event.cause);
    case 'error':
      return event.message ? `${event.name}: ${event.message}` : event.name;
    case 'stage':
      return `stage: ${event.stage}`;
    case 'shards':
      return event.done === event.total ? `weights: ${event.total} shards read` : undefined;
    case 'graphs':
      return event.done === event.total ? `graphs: ${event.total} captured (${event.pass})` : undefined;
  }
}

/** What went wrong and what to do, for a person. */
export function describeCause(cause: Cause): string {
  switch (cause.kind) {
    case 'out-of-memory':
      return 'The card ran out of memory.';
    case 'free-memory':
      return `Only ${gib(cause.free)} of ${gib(cause.total)} are free on the card, and ${gib(cause.wanted)} were asked for (utilization ${cause.utilization}).`;
    case 'no-cache-room':
      return 'After weights and graphs nothing is left for the KV cache.';
    case 'context-over-cache':
      return cause.estimated === null
        ? `A context of ${thousands(cause.context)} tokens needs ${gib(cause.needed)} of KV cache and ${gib(cause.available)} are there.`
        : `A context of ${thousands(cause.context)} tokens needs ${gib(cause.needed)} of KV cache and ${gib(cause.available)} are there: ${thousands(cause.estimated)} tokens would fit.`;
    case 'context-over-model':
      return `The model knows contexts of up to ${thousands(cause.maximum)} tokens, and ${thousands(cause.context)} were asked for.`;
    case 'bad-flag':
      return `This vLLM does not know the option ${cause.flags}: install the version that the plan is made for.`;
    case 'port-taken':
      return 'The port is taken by another program.';
    case 'missing-model':
      return 'The folder of the model does not exist or is not complete.';
    case 'too-many-gpus':
      return `${cause.wanted} cards were asked for and ${cause.present} are there.`;
    case 'heads-not-divisible':
      return `${cause.heads} attention heads cannot be divided among ${cause.parallel} cards.`;
    case 'damaged-weights':
      return 'A file of weights is damaged or cut off: fetch the model again.';
    case 'no-kernel':
      return 'There is no kernel for these weights on this card.';
    case 'missing-module':
      return `The Python package ${cause.module} is not installed beside vLLM.`;
    case 'no-vocabulary':
      return 'The vocabulary file of the model is missing and cannot be downloaded: set TIKTOKEN_ENCODINGS_BASE to a folder that holds o200k_base.tiktoken.';
    case 'unknown':
      return `The start failed with ${cause.text.replace(/[.\s]+$/, '')}.`;
    case 'worker-died':
      return 'A worker process died.';
    case 'engine-died':
      return 'The engine process died.';
  }
}
