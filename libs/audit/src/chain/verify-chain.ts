import type { KeyObject } from 'node:crypto';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { isAuthentic, readHead, type SignedHead } from '../heads/head-file.js';
import { readChainEnd } from '../store/chain-end.js';
import { readPage, type PagedRecord } from '../store/read-page.js';
import { canonicalText, CHAIN_START, hashRecord } from './canonical-record.js';

/**
 * MISSING: no record with this sequence. ALTERED: its content is not what its hash, or the hash that its successor
 * names, was made of. BEYOND_HEAD: the database does not count it. HEAD_ALTERED: the database's own end of chain names
 * another hash. NOT_AS_SIGNED: the record at the signed head's place is another one: at or before it the chain was
 * written anew. HEAD_MISSING, HEAD_FORGED: the signed head is gone, or is not one of the key, so that a cut tail
 * could not be noticed.
 */
export type BadReason =
  'MISSING' | 'ALTERED' | 'BEYOND_HEAD' | 'HEAD_ALTERED' | 'NOT_AS_SIGNED' | 'HEAD_MISSING' | 'HEAD_FORGED';

export interface Verification {
  ok: boolean;
  /** Records that were found good, from the first on. */
  records: number;
  firstBad?: { sequence: number; reason: BadReason };
  /** Questions among them that were opened and not closed: cut off, or still running. */
  incomplete: number;
  /** The authentic signed head, and how many good records came after it. */
  head: SignedHead | null;
  unsigned: number;
}

/**
 * Reads the tenant's chain from its beginning in pages, in constant memory, and recomputes every hash. Stops at the
 * first bad record. Appending may go on meanwhile. Throws where the database or the folder cannot be read.
 */
export async function verifyChain(
  of: CallContext | string,
  db: Database,
  headsDirectory: string,
  publicKey: KeyObject | undefined,
): Promise<Verification> {
  const ctx = typeof of === 'string' ? systemContext(of) : of;
  // Before the records: the chain only grows, so all that was signed by now must be there.
  const onDisk = await readHead(headsDirectory, ctx.tenantId);
  const head = typeof onDisk === 'object' && authentic(onDisk, ctx.tenantId, publicKey) ? onDisk : null;
  const walk = new Walk(head);
  const before = await chainEnd(db, ctx);
  for (let bad = false; !bad;) {
    const page = await readPage(db, ctx, { after: walk.records });
    if (page.length === 0) break;
    bad = page.some((record) => !walk.accepts(record));
  }
  walk.finish({ before, after: await chainEnd(db, ctx), onDisk });
  const { records, firstBad, incomplete } = walk;
  const unsigned = Math.max(0, records - (head?.count ?? 0));
  return {
    ok: firstBad === undefined,
    records,
    ...(firstBad ? { firstBad } : {}),
    incomplete,
    head,
    unsigned,
  };
}

type End = { sequence: number; hash: Buffer };

class Walk {
  records = 0;
  incomplete = 0;
  firstBad: Verification['firstBad'];
  private previous: Buffer = CHAIN_START;

  constructor(private readonly head: SignedHead | null) {}

  accepts(record: PagedRecord): boolean {
    const { sequence } = record;
    if (sequence !== this.records + 1)
      return this.bad(sequence > this.records ? this.records + 1 : sequence, 'MISSING');
    const text = canonicalText(record);
    if (text === undefined || !hashRecord(record.previousHash, text).equals(record.hash)) {
      return this.bad(sequence, 'ALTERED');
    }
    // This record is whole and names another predecessor: it was the predecessor that changed.
    if (!record.previousHash.equals(this.previous)) return this.bad(Math.max(1, sequence - 1), 'ALTERED');
    if (sequence === this.head?.count && record.hash.toString('hex') !== this.head.hash) {
      return this.bad(sequence, 'NOT_AS_SIGNED');
    }
    this.previous = record.hash;
    this.records = sequence;
    if (!record.closed) this.incomplete++;
    return true;
  }

  /** What only shows at the end: a tail that was cut, or that nobody counted. */
  finish(ends: { before: End; after: End; onDisk: SignedHead | 'missing' | 'unreadable' }): void {
    if (this.firstBad) return;
    const { before, after, onDisk } = ends;
    if (Math.max(before.sequence, this.head?.count ?? 0) > this.records) {
      this.bad(this.records + 1, 'MISSING');
    } else if (after.sequence < this.records) {
      this.bad(after.sequence + 1, 'BEYOND_HEAD');
    } else if (after.sequence === this.records && !after.hash.equals(this.previous)) {
      this.bad(this.records, 'HEAD_ALTERED');
    } else if (this.head === null && (this.records > 0 || onDisk !== 'missing')) {
      this.bad(this.records, onDisk === 'missing' ? 'HEAD_MISSING' : 'HEAD_FORGED');
    }
  }

  private bad(sequence: number, reason: BadReason): false {
    this.firstBad = { sequence, reason };
    return false;
  }
}

function authentic(head: SignedHead, tenantId: string, publicKey: KeyObject | undefined): boolean {
  return publicKey !== undefined && isAuthentic(head, tenantId, publicKey);
}

async function chainEnd(db: Database, ctx: CallContext): Promise<End> {
  return readChainEnd({ query: (sql, values) => db.once(ctx, sql, values) }, []);
}
