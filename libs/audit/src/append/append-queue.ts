import { AuditFault } from '../audit.errors.js';

export const APPEND_TIMEOUT_MS = 5000;
/** Records that may wait in one process: seconds of work for a healthy database, so a sign that it is not. */
export const APPEND_QUEUE_MAX = 10_000;
/** Bytes that may wait in one process, so that long answers cannot exhaust the memory. */
export const APPEND_QUEUE_MAX_BYTES = 64 * 1024 * 1024;
/** One transaction: bounds how long the chain of a tenant is locked. */
export const BATCH_MAX = 500;
export const BATCH_MAX_BYTES = 4 * 1024 * 1024;

/** What the database answered to one batch. */
export interface Appended {
  firstSequence: number;
  lastSequence: number;
  /** Of the last record. */
  hash: Buffer;
}

/** Writes a JSON array of records as one transaction; resolves when they are durable. */
export type WriteBatch = (tenantId: string, records: string, count: number) => Promise<Appended>;

export interface QueueLimits {
  timeoutMs: number;
  queueMax: number;
}

interface Waiting {
  readonly text: string;
  readonly bytes: number;
  readonly timer: NodeJS.Timeout;
  resolve(sequence: number): void;
  reject(fault: AuditFault): void;
}

interface Lane {
  readonly waiting: Waiting[];
}

/**
 * Group commit: while one transaction of a tenant is under way, the next batch gathers. One lane per tenant, since the
 * chain is one per tenant; lanes exist only while they have work.
 */
export class AppendQueue {
  private readonly lanes = new Map<string, Lane>();
  private count = 0;
  private bytes = 0;
  private idle: (() => void)[] = [];

  constructor(
    private readonly write: WriteBatch,
    private readonly limits: QueueLimits,
  ) {}

  /** Resolves with the record's sequence once it is durable; rejects with AuditFault within the timeout otherwise. */
  add(tenantId: string, text: string): Promise<number> {
    const bytes = Buffer.byteLength(text);
    if (this.count >= this.limits.queueMax || this.bytes + bytes > APPEND_QUEUE_MAX_BYTES) {
      return Promise.reject(new AuditFault('AUDIT_OVERLOADED'));
    }
    this.count++;
    this.bytes += bytes;
    const lane = this.laneOf(tenantId);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        text,
        bytes,
        timer: setTimeout(() => this.expire(lane, waiting), this.limits.timeoutMs),
        resolve,
        reject,
      };
      lane.waiting.push(waiting);
    });
  }

  /** Resolves when nothing waits any more. */
  drained(): Promise<void> {
    if (this.lanes.size === 0) return Promise.resolve();
    return new Promise((done) => this.idle.push(done));
  }

  private laneOf(tenantId: string): Lane {
    let lane = this.lanes.get(tenantId);
    if (!lane) {
      lane = { waiting: [] };
      this.lanes.set(tenantId, lane);
      // After the current round of events, so that requests which arrive together share the first transaction too.
      setImmediate((started: Lane) => void this.run(tenantId, started), lane);
    }
    return lane;
  }

  private async run(tenantId: string, lane: Lane): Promise<void> {
    for (;;) {
      const batch = this.take(lane);
      if (batch.length === 0) break;
      await this.flush(tenantId, batch);
    }
    this.lanes.delete(tenantId);
    if (this.lanes.size === 0) for (const done of this.idle.splice(0)) done();
  }

  private take(lane: Lane): Waiting[] {
    let bytes = 0;
    let length = 0;
    for (const waiting of lane.waiting) {
      if (length === BATCH_MAX || (length > 0 && bytes + waiting.bytes > BATCH_MAX_BYTES)) break;
      bytes += waiting.bytes;
      length++;
    }
    this.count -= length;
    this.bytes -= bytes;
    return lane.waiting.splice(0, length);
  }

  private async flush(tenantId: string, batch: Waiting[]): Promise<void> {
    try {
      const records = `[${batch.map((waiting) => waiting.text).join(',')}]`;
      const { firstSequence } = await this.write(tenantId, records, batch.length);
      batch.forEach((waiting, index) => {
        clearTimeout(waiting.timer);
        waiting.resolve(firstSequence + index);
      });
    } catch (cause) {
      const fault = cause instanceof AuditFault ? cause : new AuditFault('AUDIT_UNAVAILABLE', cause);
      for (const waiting of batch) {
        clearTimeout(waiting.timer);
        waiting.reject(fault);
      }
    }
  }

  /** In time or not at all: what nobody waits for any more is not written either, unless it is on its way. */
  private expire(lane: Lane, waiting: Waiting): void {
    const at = lane.waiting.indexOf(waiting);
    if (at >= 0) {
      lane.waiting.splice(at, 1);
      this.count--;
      this.bytes -= waiting.bytes;
    }
    waiting.reject(new AuditFault('AUDIT_TIMEOUT'));
  }
}
