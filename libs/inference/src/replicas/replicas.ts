import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { InferenceFault } from '../inference.errors.js';
import { SILENT, type InferenceObserver } from '../observer.js';
import type { OpenReason } from './breaker.js';
import { replicaName, type Replica } from './replica.js';

/** Time for a replica to prove with one token that it is back, in milliseconds. */
export const PROBE_MS = 1_500;
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
      // A last look, before its connections take no more: whether it still ends what it was asked.
      void this.check(replica);
      void replica.driver.leave();
    }
    try {
      for (const address of addresses) this.keepHost(address);
    } finally {
      // A new one may need a certificate that cannot be read: those that have gone have gone all the same.
      this.current = [...this.fixed, ...this.hosts.values()];
    }
  }

  private keepHost(address: string): void {
    const name = replicaName(address);
    if (this.hosts.has(address) || this.fixed.some((replica) => replica.name === name)) return;
    const replica = this.replicaAt?.(address);
    if (!replica) return;
    this.hosts.set(address, replica);
    this.observer.hostChanged(name, 'registered');
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

  /** What is left of a model's start, as its engine hosts say; null where none does. */
  secondsUntilBack(model: string): number | null {
    const mine = this.all.flatMap(({ instances }) => instances).filter((one) => one.model === model);
    const left = mine.flatMap(({ progress }) => progress?.remainingSeconds ?? []);
    return left.length > 0 ? Math.max(1, Math.ceil(Math.min(...left))) : null;
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
    // It may have left meanwhile.
    const isOurs = this.all.includes(replica);
    replica.checked(found !== 'gone', isOurs);
    if (!isOurs) return false;
    if (found === 'well') {
      if (!wasOpen) return true;
      breaker.close();
      replica.moved();
      this.observer.replicaChanged(replica.name, 'closed', null);
      return true;
    }
    if (wasOpen) breaker.reopen();
    // One that speaks is there: it was too busy to say so, or this process was.
    else if (found !== 'unauthorized' && replica.speaks) return false;
    if (found === 'unauthorized') breaker.open(found);
    else if (!wasOpen) replica.wentAway();
    if (!wasOpen || breaker.reason !== reason)
      this.observer.replicaChanged(replica.name, 'open', breaker.reason);
    return false;
  }

  /** Alive, serving, and with our key; what was refused or silent before must write a token. `gone`: no word of it. */
  private async examine(
    ctx: CallContext,
    replica: Replica,
    reason: OpenReason | null,
  ): Promise<'well' | 'ill' | 'gone' | 'unauthorized'> {
    const { driver } = replica;
    let silence: 'ill' | 'gone' = 'gone';
    try {
      const isHealthy = await driver.healthy(ctx);
      silence = 'ill';
      if (!isHealthy) {
        // An engine host whose models start is ill, and says how far they are; nobody waits for what the ill say.
        void driver.models(ctx).then(
          ({ instances }) => void (replica.instances = instances),
          () => void (replica.instances = []),
        );
        return 'ill';
      }
      const list = await driver.models(ctx).catch(unlessRefused);
      if (list) replica.instances = list.instances;
      const cards = list?.cards ?? replica.cards;
      const model = cards?.[0]?.id;
      if (reason === 'silent' || reason === 'unauthorized') {
        if (model === undefined) return 'ill';
        await driver.probe(ctx, model, PROBE_MS);
      }
      replica.cards = cards;
      return 'well';
    } catch (error) {
      replica.instances = [];
      return isRefused(error) ? 'unauthorized' : silence;
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
