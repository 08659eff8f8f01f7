import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { InferenceFault } from '../inference.errors.js';
import { SILENT, type InferenceObserver } from '../observer.js';
import type { OpenReason } from './breaker.js';
import { replicaName, type Replica } from './replica.js';

/** Time for a replica to prove with one token that it is back, in milliseconds. */
export const PROBE_MS = 1_500;
/** A replica of which a token came within this time is there, whatever its /health says, in milliseconds. */
const SPOKE_MS = 1_000;
/** Of the prefix cache: probes share nothing with any tenant. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** All replicas: who can be asked for a model, what there is, and the checks of those that are left alone. */
export class Replicas {
  private readonly checks = new Map<Replica, Promise<boolean>>();
  private readonly hosts = new Map<string, Replica>();
  private current: readonly Replica[];

  /** @param fixed those of the settings; hosts that register themselves come and go beside them */
  constructor(
    private readonly fixed: readonly Replica[],
    private readonly observer: InferenceObserver = SILENT,
    private readonly replicaAt?: (address: string) => Replica,
  ) {
    this.current = fixed;
  }

  get all(): readonly Replica[] {
    return this.current;
  }

  /** Makes the hosts at these addresses the registered ones. What runs on one that has gone runs to its end. */
  keepHosts(addresses: readonly string[]): void {
    for (const [address, replica] of this.hosts) {
      if (addresses.includes(address)) continue;
      this.hosts.delete(address);
      this.observer.hostChanged(replica.name, 'gone');
      void replica.driver.leave();
    }
    for (const address of addresses) {
      const name = replicaName(address);
      if (this.hosts.has(address) || this.fixed.some((replica) => replica.name === name)) continue;
      const replica = this.replicaAt?.(address);
      if (!replica) continue;
      this.hosts.set(address, replica);
      this.observer.hostChanged(name, 'registered');
    }
    this.current = [...this.fixed, ...this.hosts.values()];
  }

  /** Those that serve a model and can be asked now; the busy ones only where there are no others. */
  closed(model: string, except: ReadonlySet<Replica> = new Set()): Replica[] {
    const closed = this.serving(model).filter((replica) => !replica.isOpen && !except.has(replica));
    const idle = closed.filter((replica) => !replica.isBusy);
    return idle.length > 0 ? idle : closed;
  }

  /** A name that nobody lists may still be one that is served under another. */
  serving(model: string): readonly Replica[] {
    const serving = this.all.filter((replica) => replica.serves(model));
    return serving.length > 0 ? serving : this.all;
  }

  /** Names of the models, in the order of the replicas; those of a replica that is away are remembered. */
  names(): string[] {
    return [...new Set(this.all.flatMap(({ cards }) => (cards ?? []).map(({ id }) => id)))];
  }

  /** Tokens of prompt and answer together that every replica of a model takes; null where none says. */
  contextOf(model: string): number | null {
    const lengths = this.all
      .flatMap(({ cards }) => cards ?? [])
      .flatMap(({ id, contextTokens }) => (id === model && contextTokens !== null ? [contextTokens] : []));
    return lengths.length > 0 ? Math.min(...lengths) : null;
  }

  /** Where nobody can be asked for a model: checks all that were left alone, now. True when one is back. */
  async revive(model: string): Promise<boolean> {
    const left = this.serving(model);
    const first = left.find((replica) => !replica.isOpen);
    if (first) return true;
    const checks = left.map(async (replica) => {
      if (!(await this.check(replica))) throw new Error('still away');
    });
    return Promise.any(checks).then(
      () => true,
      () => false,
    );
  }

  /** Looks after one replica: alive, and what it serves. Closes or opens its breaker. One check at a time. */
  check(replica: Replica): Promise<boolean> {
    const running = this.checks.get(replica);
    if (running) return running;
    const check = this.look(replica).finally(() => this.checks.delete(replica));
    this.checks.set(replica, check);
    return check;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(({ driver }) => driver.close()));
  }

  private async look(replica: Replica): Promise<boolean> {
    const { breaker } = replica;
    const { reason } = breaker;
    const wasOpen = replica.isOpen;
    breaker.half();
    const found = await this.examine(systemContext(NOBODY), replica, reason);
    // It left meanwhile.
    if (!this.all.includes(replica)) return false;
    if (found === 'well') {
      if (!wasOpen) return true;
      breaker.close();
      replica.moved();
      this.observer.replicaChanged(replica.name, 'closed', null);
      return true;
    }
    if (wasOpen) breaker.reopen();
    // One that speaks is there: it was too busy to say so, or this process was.
    else if (found === 'gone' && replica.movedWithin(SPOKE_MS)) return false;
    if (!wasOpen || found === 'unauthorized') breaker.open(found);
    if (!wasOpen || breaker.reason !== reason)
      this.observer.replicaChanged(replica.name, 'open', breaker.reason);
    return false;
  }

  /** Alive, serving, and with our key; what was refused or silent before must write a token. */
  private async examine(
    ctx: CallContext,
    replica: Replica,
    reason: OpenReason | null,
  ): Promise<'well' | 'gone' | 'unauthorized'> {
    const { driver } = replica;
    try {
      if (!(await driver.healthy(ctx))) return 'gone';
      const cards = await driver.models(ctx).catch(unlessRefused);
      const model = (cards ?? replica.cards)?.[0]?.id;
      if (reason === 'silent' || reason === 'unauthorized') {
        if (model === undefined) return 'gone';
        await driver.probe(ctx, model, PROBE_MS);
      }
      replica.cards = cards ?? replica.cards;
      return 'well';
    } catch (error) {
      return isRefused(error) ? 'unauthorized' : 'gone';
    }
  }
}

/** A list that cannot be read now is the one of before. */
function unlessRefused(error: unknown): null {
  if (isRefused(error)) throw error;
  return null;
}

function isRefused(error: unknown): boolean {
  return error instanceof InferenceFault && error.code === 'INFERENCE_UNAUTHORIZED';
}
