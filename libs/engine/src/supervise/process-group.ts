import { spawn, type ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { groupMembers } from '@lorekeep/kit/process';
import { LineSplitter } from '../log/split-lines.js';
import type { Pace } from './pace.js';

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The program could not be started at all: ENOENT, EACCES. */
  readonly error?: string;
}

/** What the supervisor knows of a process group. */
export interface Group {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  members(): Promise<number[]>;
  end(graceMs: number): Promise<void>;
}

export interface GroupCommand {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  onLine(line: string): void;
}

const POLL_MS = 50;
/** What a worker gets to end by itself after its leader; a stopped one never does. */
const ORPHANED_MS = 500;
/** A killed process is gone as soon as its driver has let go of it. */
const KILLED_MS = 15_000;

/** vLLM and its workers in a process group of their own, so that all of them can be ended, and nobody else. */
export class ProcessGroup implements Group {
  readonly exited: Promise<Exit>;
  private exit: Exit | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly pace: Pace,
  ) {
    this.exited = exitOf(child).then((exit) => (this.exit = exit));
  }

  static launch(command: GroupCommand, pace: Pace): ProcessGroup {
    const [program = '', ...args] = command.command;
    const child = spawn(program, args, {
      cwd: command.folder,
      env: { ...command.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) read(stream, command.onLine);
    return new ProcessGroup(child, pace);
  }

  /** Id of the leader and of the group; undefined when nothing was started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  get hasExited(): boolean {
    return this.exit !== undefined;
  }

  /** Living processes of the group. */
  async members(): Promise<number[]> {
    if (this.pid === undefined) return [];
    const members = await groupMembers(this.pid);
    // An id is given away again only when nobody is left in the group: such a process is a stranger.
    return this.hasExited && members.includes(this.pid) ? [] : members;
  }

  /**
   * Ends the group: SIGTERM to the leader, which ends its workers in order; what is left after `graceMs`, or half a
   * second after its leader, is killed. Resolves when no process of the group is left.
   */
  async end(graceMs: number): Promise<void> {
    if (this.pid === undefined) return;
    if (!this.hasExited) this.child.kill('SIGTERM');
    const deadline = this.pace.monotonic() + graceMs;
    let left = await this.members();
    let orphanedAt: number | undefined;
    while (left.length > 0 && this.pace.monotonic() < deadline) {
      if (!left.includes(this.pid)) orphanedAt ??= this.pace.monotonic();
      if (orphanedAt !== undefined && this.pace.monotonic() - orphanedAt >= ORPHANED_MS) break;
      await this.pace.sleep(POLL_MS);
      left = await this.members();
    }
    const killed = this.pace.monotonic() + KILLED_MS;
    while (left.length > 0) {
      for (const member of left) kill(member);
      if (this.pace.monotonic() > killed) throw new Error('processes of vLLM cannot be killed');
      await this.pace.sleep(POLL_MS);
      left = await this.members();
    }
  }
}

function read(stream: Readable | null, onLine: (line: string) => void): void {
  const splitter = new LineSplitter();
  const decoder = new StringDecoder('utf8');
  stream?.on('data', (data: Buffer) => splitter.push(decoder.write(data)).forEach(onLine));
  stream?.on('end', () => splitter.end().forEach(onLine));
  // A broken pipe at the end of a process is its end, not an error of ours.
  stream?.on('error', () => undefined);
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      // A signal that could not be sent is an error event too: only a start that failed ends it.
      if (child.pid === undefined) resolve({ code: null, signal: null, error: error.code ?? 'UNKNOWN' });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended since we looked.
  }
}
