import type { LogEvent, LogLine, MemoryPart, Stage } from './log-event.js';
import { readCause } from './read-cause.js';
import { withoutQuotes } from './without-quotes.js';

/** Longer lines are dumps of configurations and requests; what we look for stands at their beginning. */
const LINE_MAX = 4_000;
const GIB = 1024 ** 3;
const bytes = (text: string | undefined): number => Math.round(Number(text) * GIB);
const whole = (text: string | undefined): number => Number(text?.replaceAll(',', ''));

/** A process's line may be glued to an unfinished bar of another: every prefix begins a line of its own. */
const PREFIX = /(?=\((?:APIServer|EngineCore|Worker)[^\s()]* pid=\d+\))/;
const HEAD =
  /^\s*(?:\(((?:APIServer|EngineCore|Worker)[^\s()]*) pid=\d+\) ?)?(?:(DEBUG|INFO|WARNING|ERROR|CRITICAL)(?: \d\d-\d\d \d\d:\d\d:\d\d \[[\w.]+:\d+\] |:\s+))?/;

const STAGE_LINES: readonly (readonly [RegExp, Stage])[] = [
  [/^(?:vLLM server version |non-default args: )|^.{0,40}\bversion \d+\.\d+/, 'arguments'],
  [/^Initializing a V1 LLM engine\b/, 'engine'],
  [/^world_size=\d+ rank=\d+ /, 'distributed'],
  [/^(?:Starting to load model |Loading model from scratch)/, 'weights'],
  [/^Model loading took /, 'compile'],
  [/^torch\.compile took /, 'profile'],
  [/^GPU KV cache size: /, 'graphs'],
  [/^Graph capturing finished in /, 'finish'],
  [/^Starting vLLM (?:API )?server\b/, 'listen'],
];

type Reader = (found: RegExpExecArray) => LogEvent[];
const memory = (part: MemoryPart, size: string | undefined): LogEvent => ({
  kind: 'memory',
  part,
  bytes: bytes(size),
});

const FACTS: readonly (readonly [RegExp, Reader])[] = [
  [/^.{0,40}\bversion (\d+\.\d+[\w.+]*)/, ([, version = '']) => [{ kind: 'version', version }]],
  [
    /^Loading (?:safetensors|pt|gguf)? ?checkpoint shards:\s+\d+% Completed \| (\d+)\/(\d+)/,
    ([, done, total]) => [{ kind: 'shards', done: whole(done), total: whole(total) }],
  ],
  [
    /^Capturing CUDA graphs?(?: \(([^)]{1,60})\))?:\s+\d+%\|.{0,40}?\| (\d+)\/(\d+)/,
    ([, pass = '', done, total]) => [{ kind: 'graphs', pass, done: whole(done), total: whole(total) }],
  ],
  [/^Directly load (?:AOT compilation|the compiled graph)/, () => [{ kind: 'cached' }]],
  [/^Model loading took ([\d.]+) GiB/, ([, size]) => [memory('weights', size)]],
  [/^Available KV cache memory: ([\d.]+) GiB/, ([, size]) => [memory('kvCache', size)]],
  [/^Graph capturing finished in .*took ([\d.-]+) GiB/, ([, size]) => [memory('graphs', size)]],
  [
    /Actual usage is ([\d.]+) GiB for weight, ([\d.]+) GiB for peak activation, ([\d.]+) GiB for non-torch memory, and ([\d.]+) GiB for CUDAGraph memory/,
    ([, weights, activation, nonTorch, graphs]) => [
      memory('weights', weights),
      memory('activation', activation),
      memory('nonTorch', nonTorch),
      memory('graphs', graphs),
    ],
  ],
  [/^GPU KV cache size: ([\d,]+) tokens/, ([, tokens]) => [{ kind: 'capacity', tokens: whole(tokens) }]],
  [
    /Maximum concurrency for ([\d,]+) tokens per request: ([\d.]+)x/,
    ([, context, times]) => [{ kind: 'concurrency', context: whole(context), times: Number(times) }],
  ],
  [/^Application startup complete\./, () => [{ kind: 'ready' }]],
  [/^No available shared memory broadcast block found in \d+ seconds/, () => [{ kind: 'silence' }]],
];

/** The last line of a traceback; Python leaves the colon out where there is no message. */
const ERROR =
  /^((?:[A-Za-z_]\w{0,60}\.){0,8}(?:[A-Z]\w{0,60})?(?:Error|Exception|Interrupt|Exit))(?:: ?(.*))?$/;
/** Ends that come without a traceback. */
const CRASHES: readonly (readonly [RegExp, string])[] = [
  [/^Fatal Python error: (.*)$/, 'Fatal Python error'],
  [/^what\(\): +(.*)$/, 'C++ exception'],
  [/^Failed: Cuda error (.*)$/, 'CUDA error'],
];

/** What the line says; lines without a known pattern have no events. Pure; linear in the line's length. */
export function readLine(line: string): readonly LogLine[] {
  return line
    .slice(0, LINE_MAX)
    .split(PREFIX)
    .map(readPart)
    .filter(({ events }) => events.length > 0);
}

function readPart(part: string): LogLine {
  const head = HEAD.exec(part);
  const message = part.slice(head?.[0].length ?? 0).trim();
  return {
    process: head?.[1] ?? null,
    level: (head?.[2] as LogLine['level'] | undefined) ?? null,
    events: eventsOf(message),
  };
}

function eventsOf(message: string): LogEvent[] {
  const events: LogEvent[] = [];
  for (const [pattern, read] of FACTS) {
    const found = pattern.exec(message);
    if (found) events.push(...read(found));
  }
  const stage = STAGE_LINES.find(([pattern]) => pattern.test(message));
  if (stage) events.push({ kind: 'stage', stage: stage[1] });
  if (events.length > 0) return events;
  const cause = readCause(message);
  if (cause) return [{ kind: 'cause', cause }];
  const error = ERROR.exec(message);
  if (error?.[1]) return [{ kind: 'error', name: error[1], message: withoutQuotes(error[2] ?? '') }];
  for (const [pattern, name] of CRASHES) {
    const found = pattern.exec(message);
    if (found) return [{ kind: 'error', name, message: withoutQuotes(found[1] ?? '') }];
  }
  return [];
}
