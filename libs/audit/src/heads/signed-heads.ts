import { systemClock, type Clock } from '@lorekeep/kit/clock';
import { systemContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { AuditFault } from '../audit.errors.js';
import { readChainEnd, withSealLock } from '../store/chain-end.js';
import { isAuthentic, readHead, signHead, writeHead, type SignedHead } from './head-file.js';
import type { SigningKey } from './signing-key.js';

/** At most one head a second and tenant; what is appended between two heads can be cut without a trace. */
export const SEAL_INTERVAL_MS = 1000;
const SEAL_TIMEOUT_MS = 5000;

export interface SignedHeadsOptions {
  /** Folder of the heads, outside the database: DATA_DIR/audit. */
  directory: string;
  key: SigningKey;
  clock?: Clock;
  /** Told when a head could not be signed in the background: AUDIT_CHAIN_BROKEN means that somebody changed the past. */
  onFault?: (fault: AuditFault, tenantId: string) => void;
}

interface Known {
  sequence: number;
  hash: Buffer;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Signs where chains end, soon after they grew. A head is replaced only by a longer chain that still contains it, and
 * the last record that this process wrote; otherwise the old head stays, as evidence.
 */
export class SignedHeads {
  private readonly known = new Map<string, Known>();
  private readonly clock: Clock;
  private closed = false;

  constructor(
    private readonly db: Database,
    private readonly options: SignedHeadsOptions,
  ) {
    this.clock = options.clock ?? systemClock;
  }

  /** After each commit: the chain of the tenant is at least this long, and this is the hash at that place. */
  note(tenantId: string, sequence: number, hash: Buffer): void {
    const known = this.known.get(tenantId) ?? { sequence: 0, hash, timer: undefined };
    if (sequence > known.sequence) Object.assign(known, { sequence, hash });
    this.known.set(tenantId, known);
    this.arm(tenantId, known);
  }

  /** Signs the present end of the chain; returns the head that is now on disk. Throws AuditFault. */
  async seal(tenantId: string): Promise<SignedHead | null> {
    const ctx = systemContext(tenantId);
    try {
      return await withSealLock(this.db, ctx, SEAL_TIMEOUT_MS, async (tx) => {
        const signed = await this.authenticHead(tenantId);
        const known = { sequence: 0, hash: Buffer.alloc(0), ...this.known.get(tenantId) };
        const end = await readChainEnd(tx, [signed?.count ?? 0, known.sequence]);
        const [atSigned, atKnown] = end.hashes;
        if (signed && (end.sequence < signed.count || atSigned?.toString('hex') !== signed.hash))
          throw broken();
        if (known.sequence > 0 && !atKnown?.equals(known.hash)) throw broken();
        if (end.sequence === 0 || end.sequence === signed?.count) return signed;
        if (!end.lastHash?.equals(end.hash)) throw broken();
        const head = signHead(
          {
            tenantId,
            count: end.sequence,
            hash: end.hash.toString('hex'),
            time: new Date(this.clock.now()).toISOString(),
          },
          this.options.key.privateKey,
        );
        await writeHead(this.options.directory, head);
        return head;
      });
    } catch (cause) {
      throw cause instanceof AuditFault ? cause : new AuditFault('AUDIT_HEAD_UNUSABLE', cause);
    }
  }

  /** Signs what is still unsigned; at shutdown. Faults go to onFault: the process ends in any case. */
  async close(): Promise<void> {
    this.closed = true;
    const due = [...this.known].filter(([, known]) => known.timer !== undefined);
    for (const [, known] of due) clearTimeout(known.timer);
    await Promise.all(due.map(([tenantId]) => this.sealInBackground(tenantId)));
  }

  private arm(tenantId: string, known: Known): void {
    known.timer ??= setTimeout(() => void this.sealInBackground(tenantId), SEAL_INTERVAL_MS).unref();
  }

  private async sealInBackground(tenantId: string): Promise<void> {
    const known = this.known.get(tenantId);
    try {
      await this.seal(tenantId);
      if (known) known.timer = undefined;
    } catch (fault) {
      if (known) known.timer = undefined;
      // A database that was away is asked again; a chain that was changed stays so.
      const lasting = fault instanceof AuditFault && fault.code === 'AUDIT_CHAIN_BROKEN';
      if (known && !lasting && !this.closed) this.arm(tenantId, known);
      if (fault instanceof AuditFault) this.options.onFault?.(fault, tenantId);
    }
  }

  private async authenticHead(tenantId: string): Promise<SignedHead | null> {
    const head = await readHead(this.options.directory, tenantId);
    if (head === 'missing') return null;
    if (head === 'unreadable' || !isAuthentic(head, tenantId, this.options.key.publicKey)) {
      throw new AuditFault(
        'AUDIT_HEAD_UNUSABLE',
        new Error(`the head of ${tenantId} is not one of this key`),
      );
    }
    return head;
  }
}

function broken(): AuditFault {
  return new AuditFault('AUDIT_CHAIN_BROKEN');
}
