import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DocumentLimits } from '../document-path.config.js';
import { DOCUMENT_REASONS, UnreadableDocument, type DocumentCode } from '../document-path.errors.js';
import type { Format } from '../1-accept/sniff-format.js';
import type { ParsedDocument } from './parsed-document.js';
import type { ParseReply } from './parser-entry.js';

/** A fresh process has to load its libraries before it can read. */
const START_TIMEOUT_MS = 30_000;
/** A process is replaced after so many files, or after one that may have left much memory in use. */
const FILES_PER_PROCESS = 500;
const LARGE_FILE_BYTES = 4 * 1024 * 1024;

/** Verdicts of a process in good order; after any other it may have something left behind and is replaced. */
const HARMLESS: ReadonlySet<DocumentCode> = new Set([
  'DOCUMENT_NO_TEXT',
  'DOCUMENT_SCANNED',
  'DOCUMENT_ENCRYPTED',
  'DOCUMENT_TYPE_MISMATCH',
  'DOCUMENT_TOO_MANY_PAGES',
  'DOCUMENT_TOO_MANY_ENTRIES',
  'DOCUMENT_CONTAINS_ITSELF',
  'DOCUMENT_NOTHING_READABLE',
]);

interface Entry {
  readonly path: string;
  readonly execArgv: readonly string[];
}

interface Parser {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  files: number;
}

/** Exit code of a process that ended by SIGABRT behind a shell. */
const ABORTED = 134;

/**
 * Processes that read files, so that a hostile file harms none but its own: each has bounded memory and time, an empty
 * environment, and is ended when it overruns.
 */
export class ParserPool {
  private readonly idle: Parser[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly all = new Set<ChildProcess>();
  private busy = 0;
  private closed = false;

  constructor(
    private readonly limits: DocumentLimits,
    private readonly entry: Entry = beside(import.meta.url),
  ) {}

  /** Throws UnreadableDocument for what the file causes, other errors for what it does not. */
  async parse(format: Format, content: Uint8Array, signal: AbortSignal): Promise<ParsedDocument> {
    await this.turn();
    try {
      if (this.closed) throw new Error('the parsers are closed');
      signal.throwIfAborted();
      const parser = this.idle.pop() ?? this.start();
      try {
        await parser.ready;
        signal.throwIfAborted();
        const document = await this.exchange(parser.child, { format, content, limits: this.limits }, signal);
        this.keep(parser, content.length);
        return document;
      } catch (cause) {
        if (cause instanceof UnreadableDocument && HARMLESS.has(cause.code))
          this.keep(parser, content.length);
        else parser.child.kill('SIGKILL');
        throw cause;
      }
    } finally {
      this.busy--;
      this.waiting.shift()?.();
    }
  }

  /** Ends all processes, busy ones too. */
  close(): Promise<void> {
    this.closed = true;
    const ended = [...this.all].map(
      (child) =>
        new Promise<void>((done) => {
          child.once('exit', () => done());
          child.kill('SIGKILL');
        }),
    );
    return Promise.all(ended).then(() => undefined);
  }

  private async turn(): Promise<void> {
    while (this.busy >= this.limits.DOCUMENT_PARSERS) await new Promise<void>((go) => this.waiting.push(go));
    this.busy++;
  }

  private keep(parser: Parser, bytes: number): void {
    parser.files++;
    const worn = parser.files >= FILES_PER_PROCESS || bytes > LARGE_FILE_BYTES || this.closed;
    if (worn || !parser.child.connected) parser.child.kill('SIGKILL');
    else this.idle.push(parser);
  }

  private start(): Parser {
    const memory = this.limits.DOCUMENT_PARSE_MEMORY_MB;
    const child = fork(this.entry.path, [String(memory)], {
      execArgv: [...this.entry.execArgv, `--max-old-space-size=${Math.ceil(memory / 2)}`],
      serialization: 'advanced',
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.all.add(child);
    child.once('exit', () => {
      this.all.delete(child);
      const at = this.idle.findIndex((parser) => parser.child === child);
      if (at >= 0) this.idle.splice(at, 1);
    });
    return { child, ready: readiness(child), files: 0 };
  }

  private exchange(child: ChildProcess, request: object, signal: AbortSignal): Promise<ParsedDocument> {
    return new Promise((resolve, reject) => {
      const seconds = this.limits.DOCUMENT_PARSE_SECONDS;
      let overrun: Error | undefined;
      const stop = (cause: Error): void => {
        overrun = cause;
        child.kill('SIGKILL');
      };
      const timer = setTimeout(
        () => stop(new UnreadableDocument('DOCUMENT_TOO_SLOW', `The limit is ${seconds} s.`)),
        seconds * 1_000,
      );
      const onAbort = (): void => stop(new Error('aborted', { cause: signal.reason }));
      const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
        end(() => reject(overrun ?? reasonOfExit(code, signal, this.limits)));
      const onMessage = (reply: ParseReply): void => {
        if (reply.kind === 'parsed') end(() => resolve(reply.document));
        else if (reply.kind === 'unreadable') end(() => reject(unreadable(reply)));
      };
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        child.off('message', onMessage);
        child.off('exit', onExit);
        settle();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      child.on('message', onMessage);
      child.once('exit', onExit);
      // A process that has just ended says so by its exit.
      child.send(request, () => undefined);
    });
  }
}

/** The entry beside this file, run as this process runs: built, or from sources. Not with its debugger's port. */
function beside(here: string): Entry {
  return {
    path: fileURLToPath(new URL(`./parser-entry${here.endsWith('.ts') ? '.ts' : '.js'}`, here)),
    execArgv: process.execArgv.filter((argument) => !argument.startsWith('--inspect')),
  };
}

/** V8 aborts and the watchdog kills; any other end is not the file's doing, and the job is tried again. */
function reasonOfExit(code: number | null, signal: NodeJS.Signals | null, limits: DocumentLimits): Error {
  const memory = signal === 'SIGKILL' || signal === 'SIGABRT' || code === ABORTED;
  if (!memory) return new Error(`the parser process ended (${code ?? signal})`);
  return new UnreadableDocument(
    'DOCUMENT_TOO_MUCH_MEMORY',
    `The limit is ${limits.DOCUMENT_PARSE_MEMORY_MB} MB.`,
  );
}

function unreadable(reply: { code: string; detail?: string }): UnreadableDocument {
  const code = reply.code in DOCUMENT_REASONS ? (reply.code as DocumentCode) : 'DOCUMENT_DAMAGED';
  return new UnreadableDocument(code, reply.detail);
}

function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('the parser process did not start in time'));
    }, START_TIMEOUT_MS);
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`the parser process ended at once (${code ?? signal})`));
    });
  });
}
