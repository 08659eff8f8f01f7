/** Faults, scripts and the record of what was received; steered over /_control. */

const RECORD_LIMIT = 2000;

/**
 * Kinds of fault. `after` is the number of chunks sent before it strikes, `times` how many requests it strikes
 * (default 1, -1 for all). A request for the model `fault-<kind>` gets that fault without any control call.
 */
export const FAULTS = [
  'refuse', // closes the listening socket for `forMs`
  'busy', // 503, as an overflowing queue answers
  'too-long', // 400 of a prompt that does not fit
  'validation', // 400 that echoes the prompt back
  'unauthorized', // 401, not OpenAI's shape
  'server-error', // 500 of a dead engine
  'hang', // headers, then silence
  'hang-headers', // not even headers
  'stall', // silence after some chunks
  'error-mid-stream', // error event followed by [DONE]
  'past-end', // what a gpt-oss says when ignore_eos drives it past the end of its answer
  'reset', // connection reset after some chunks
  'reset-before', // connection reset instead of an answer
  'abort', // finish_reason abort and [DONE]
  'no-finish', // [DONE] without a finish_reason
  'cut', // orderly end without finish_reason and without [DONE]
  'garbage', // an event that is not JSON
  'garbage-body', // 200 with HTML
  'wrong-channel', // the answer arrives as reasoning, content stays empty
  'repetition', // finish_reason repetition
  'no-vocabulary', // 500, as a gpt-oss without its vocabulary file answers every chat completion
  'dead', // /health answers 503; completions 500
];

export class Control {
  faults = [];
  script = null;
  requests = [];
  aborted = 0;
  /** Aborted once answers take no time any more, until the next reset. */
  hurry = new AbortController();

  reset() {
    this.faults = [];
    this.script = null;
    this.requests = [];
    this.aborted = 0;
    if (this.hurry.signal.aborted) this.hurry = new AbortController();
  }

  addFaults(list) {
    for (const fault of list) {
      if (!FAULTS.includes(fault.kind)) throw new Error(`unknown fault ${fault.kind}`);
      this.faults.push({ times: 1, after: 2, forMs: 300, ...fault });
    }
  }

  isDead() {
    return this.faults.some((fault) => fault.kind === 'dead');
  }

  /** The fault that strikes this request, used up by one. */
  takeFault(model) {
    if (typeof model === 'string' && model.startsWith('fault-')) {
      const kind = model.slice('fault-'.length);
      if (FAULTS.includes(kind)) return { kind, after: 2, times: 1 };
    }
    const fault = this.faults.find((candidate) => candidate.times !== 0);
    if (!fault) return null;
    if (fault.times > 0) fault.times -= 1;
    this.faults = this.faults.filter((candidate) => candidate.times !== 0);
    return fault;
  }

  takeScript() {
    const script = this.script;
    if (script?.times !== undefined && --script.times === 0) this.script = null;
    return script;
  }

  record(request, body) {
    const entry = {
      method: request.method,
      path: request.url,
      headers: request.headers,
      port: request.socket.remotePort,
      body,
      state: 'open',
      startedAt: Date.now(),
      endedAt: null,
    };
    this.requests.push(entry);
    if (this.requests.length > RECORD_LIMIT) this.requests.shift();
    return entry;
  }

  end(entry, state) {
    if (entry.state !== 'open') return;
    entry.state = state;
    entry.endedAt = Date.now();
    if (state === 'aborted') this.aborted += 1;
  }
}
