import { describeEvent } from '../log/describe-event.js';
import type { Cause, LogEvent, LogLine, MemoryPart } from '../log/log-event.js';
import { readLine } from '../log/read-line.js';
import type { Pace } from './pace.js';

export interface LogEntry {
  /** Counts up over all entries of an instance; the stream of the log goes on from one. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `APIServer`, `EngineCore`, `Worker_TP0`; `host` for what the supervisor itself says. */
  readonly process: string;
  readonly text: string;
}

/** Facts of the start that runs now. */
export interface StartFacts {
  readonly vllm: string | null;
  readonly memory: Readonly<Partial<Record<MemoryPart, number>>>;
  readonly kvTokens: number | null;
}

const NO_FACTS: StartFacts = { vllm: null, memory: {}, kvTokens: null };
const TAIL_MAX = 500;
/** What was said longer ago is not why a process ended. */
const CAUSE_FRESH_MS = 60_000;
/** Of what is said while requests are answered, only this is kept: none of it holds a caller's words. */
const WHILE_SERVING: ReadonlySet<string> = new Set(['cause', 'error', 'silence']);
const KNOWN_ERRORS: ReadonlySet<string> = new Set(
  `AcceleratorError AssertionError AttributeError CancelledError ConnectionError EngineDeadError EngineGenerateError
   HarmonyError IndexError JSONDecodeError KeyError MemoryError NotImplementedError OSError OutOfMemoryError RuntimeError
   TemplateError TimeoutError TypeError ValidationError ValueError`.split(/\s+/),
);
const CONSEQUENCES: ReadonlySet<string> = new Set(['worker-died', 'engine-died']);
/** Exceptions that only point at the one before them. */
const POINTS_BACK =
  /^(?:Engine core initialization failed|Engine process failed to start|Worker(?:Proc)? initialization failed|WorkerProc failed to start|cancelled$)/;
const UNKNOWN_MAX = 300;

/**
 * Reads the output of one process group. Nothing of a line is kept but what a known pattern found in it: the tail is
 * made of sentences of ours.
 */
export class OutputReader {
  private entries: LogEntry[] = [];
  private number = 0;
  private said = '';
  private found: { cause: Cause; at: number; process: string | null } | undefined;
  private listening = false;
  private serving = false;
  facts: StartFacts = NO_FACTS;

  constructor(
    private readonly pace: Pace,
    private readonly onEvent: (event: LogEvent) => void,
    private readonly onEntry: (entry: LogEntry) => void,
  ) {}

  /** A new process group begins. */
  begin(): void {
    this.facts = NO_FACTS;
    this.found = undefined;
    this.listening = this.serving = false;
  }

  /** From now on requests are answered: what could stem from them is not kept, and only what has a level is believed. */
  serve(): void {
    this.serving = true;
    this.forgetUnknown();
  }

  read(line: string): void {
    for (const part of readLine(line)) for (const event of part.events) this.take(part, event);
  }

  /** A sentence of the supervisor's own. */
  say(text: string): void {
    this.keep('host', text);
  }

  /** Entries after `number`, at most 500. */
  tail(after = 0): readonly LogEntry[] {
    return this.entries.filter((entry) => entry.number > after);
  }

  /** What vLLM said of why it failed, if it was lately. */
  get cause(): Cause | undefined {
    if (!this.found || this.pace.monotonic() - this.found.at > CAUSE_FRESH_MS) return undefined;
    return this.found.cause;
  }

  private take({ process, level }: LogLine, event: LogEvent): void {
    if (this.serving && (level === null || !WHILE_SERVING.has(event.kind))) return;
    if (event.kind === 'ready') this.listening = true;
    const shown = this.serving || this.listening ? withoutMessage(event) : event;
    if (event.kind === 'cause') this.note(event.cause, process);
    // A process that goes on to its next stage has got over what it said before.
    else if (event.kind === 'stage') this.forgetUnknown(process);
    else if (event.kind === 'error' && !this.serving && isGrave(level) && !POINTS_BACK.test(event.message))
      this.note({ kind: 'unknown', text: (describeEvent(shown) ?? '').slice(0, UNKNOWN_MAX) }, process);
    if (!this.serving) this.learn(event);
    const text = describeEvent(shown);
    if (text !== undefined) this.keep(process ?? 'vllm', text);
    this.onEvent(event);
  }

  /** The first cause stays, but a consequence gives way to what brought it about, and an unknown one to a known one. */
  private note(cause: Cause, process: string | null): void {
    const old = this.cause;
    if (old && weightOf(cause) <= weightOf(old)) return;
    this.found = { cause, at: this.pace.monotonic(), process };
  }

  private forgetUnknown(process = this.found?.process): void {
    if (this.found?.cause.kind === 'unknown' && this.found.process === process) this.found = undefined;
  }

  private learn(event: LogEvent): void {
    if (event.kind === 'version') this.facts = { ...this.facts, vllm: event.version };
    if (event.kind === 'capacity') this.facts = { ...this.facts, kvTokens: event.tokens };
    if (event.kind === 'memory')
      this.facts = { ...this.facts, memory: { ...this.facts.memory, [event.part]: event.bytes } };
  }

  private keep(process: string, text: string): void {
    // Every worker says the same, and tracebacks are printed twice.
    if (text === this.said && process !== 'host') return;
    this.said = text;
    this.number += 1;
    const entry = { number: this.number, at: this.pace.now(), process, text };
    this.entries.push(entry);
    if (this.entries.length > TAIL_MAX) this.entries = this.entries.slice(-TAIL_MAX);
    this.onEntry(entry);
  }
}

function weightOf({ kind }: Cause): number {
  if (CONSEQUENCES.has(kind)) return 0;
  return kind === 'unknown' ? 1 : 2;
}

function isGrave(level: LogLine['level']): boolean {
  return level === null || level === 'ERROR' || level === 'CRITICAL';
}

/** Of an exception its class, where it is one of a program's: its message may hold what was asked. */
function withoutMessage(event: LogEvent): LogEvent {
  if (event.kind !== 'error') return event;
  const last = event.name.split('.').at(-1) ?? '';
  return { kind: 'error', name: KNOWN_ERRORS.has(last) ? last : 'Exception', message: '' };
}
