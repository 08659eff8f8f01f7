import { randomUUID } from 'node:crypto';
import type { Replica } from '../replicas/replica.js';
import { shareCapacity, type Demand } from './share-capacity.js';

/** How often a gateway says what it has, in milliseconds. */
export const BEAT_MS = 1_000;
/** A gateway that has said nothing for so long is gone, and its share with it. */
export const LAPSE_MS = 4_000;

export interface Beat extends Demand {
  readonly engine: string;
}

/** Where gateways tell each other what they have. */
export interface HeartbeatBoard {
  /** Writes the own rows in place of those before and returns the rows of all others that have not lapsed. */
  beat(gateway: string, beats: readonly Omit<Beat, 'gateway'>[], lapseMs: number): Promise<Beat[]>;
}

/** The part of each engine that this gateway may use, by what all gateways have on it. */
export class SharedCapacity {
  readonly gateway = randomUUID();
  private readonly shares = new WeakMap<Replica, number>();
  private others: readonly Beat[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isBusy = false;

  /** @param board null: there is no other gateway */
  constructor(
    private readonly replicas: { readonly all: readonly Replica[] },
    private readonly board: HeartbeatBoard | null,
  ) {}

  /** Never more than what it takes now: a host that has just said so must not get what was guessed before. */
  shareOf(replica: Replica): number {
    return Math.min(this.shares.get(replica) ?? Infinity, replica.slots);
  }

  /** Of each other gateway, how many questions wait for any of these. */
  waitingElsewhere(replicas: readonly Replica[]): number[] {
    const most = new Map<string, number>();
    for (const { gateway, engine, waiting } of this.others)
      // Whoever can go to several waits for each of them.
      if (replicas.some(({ name }) => name === engine))
        most.set(gateway, Math.max(most.get(gateway) ?? 0, waiting));
    return [...most.values()];
  }

  start(waitingFor: (replica: Replica) => number, onChange: () => void): void {
    if (!this.board) return;
    const beat = async () => {
      if (this.isBusy) return;
      this.isBusy = true;
      await this.beat(waitingFor);
      this.isBusy = false;
      onChange();
    };
    void beat();
    this.timer = setInterval(() => void beat(), BEAT_MS);
    this.timer.unref();
  }

  /** Gives the share back at once. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.board?.beat(this.gateway, [], LAPSE_MS).catch(() => undefined);
  }

  /** Where the others cannot be read, they are taken to be as they were. */
  async beat(waitingFor: (replica: Replica) => number): Promise<void> {
    const { all } = this.replicas;
    const beats = all.map((replica) => ({
      engine: replica.name,
      running: replica.running,
      waiting: waitingFor(replica),
    }));
    try {
      this.others = (await this.board?.beat(this.gateway, beats, LAPSE_MS)) ?? [];
    } catch {
      return;
    }
    all.forEach((replica, index) => {
      const { running, waiting } = beats[index] ?? { running: 0, waiting: 0 };
      const own = { gateway: this.gateway, running, waiting };
      const beside = this.others.filter(({ engine }) => engine === replica.name);
      this.shares.set(replica, shareCapacity(replica.slots, own, beside));
    });
  }
}
