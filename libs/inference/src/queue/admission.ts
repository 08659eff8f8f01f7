import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Refusal } from '@lorekeep/kit/errors';
import type { AnswerEvent } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import type { InferenceObserver } from '../observer.js';
import { chooseReplica } from '../replicas/choose-replica.js';
import type { Replica } from '../replicas/replica.js';
import type { Replicas } from '../replicas/replicas.js';
import { FairQueue, type Waiting } from './fair-queue.js';
import { Headroom } from './headroom.js';
import type { Priority } from './priority.js';
import { Turn } from './turn.js';
import { NEWCOMERS_MS, roomFor, Standings, TELL_MS, type Shares } from './standings.js';
import { queueRefusal, sleepUntilWoken, WaitTimes, type Work } from './wait-times.js';

/** A question that wants its turn. */
export interface Wanted {
  readonly model: string;
  readonly tenant: string;
  readonly priority: Priority;
  readonly work: Work;
  /** Of a role that goes first among the people of its tenant. */
  readonly goesFirst: boolean;
  /** Sequences that it takes: answers asked for. */
  readonly sequences: number;
  /** Expected tokens to read and to write, weighed. */
  readonly cost: number;
  readonly affinity: string;
}

export interface QueueLimits {
  /** Questions that may wait. */
  readonly size: number;
  /** Milliseconds. */
  readonly patience: number;
}

interface Ticket extends Waiting {
  readonly wanted: Wanted;
  turn: Turn | null;
  pushedOut: boolean;
  wake: () => void;
}

interface Kept {
  readonly ticket: Ticket;
  readonly replica: Replica;
}

/** Gives questions their turn on a replica: at once where there is room, else in fair order. */
export class Admission {
  private readonly queue: FairQueue<Ticket>;
  private readonly headroom: Headroom;
  private readonly times = new WaitTimes();
  private readonly standings: Standings<Ticket>;

  constructor(
    private readonly replicas: Replicas,
    private readonly shares: Shares,
    private readonly limits: QueueLimits,
    private readonly clock: Clock,
    private readonly own: { observer: InferenceObserver; weightOf?: (tenant: string) => number },
  ) {
    this.queue = new FairQueue(own.weightOf);
    this.headroom = new Headroom(clock);
    this.standings = new Standings(this.queue, replicas, shares, this.times, clock);
  }

  get waiting(): number {
    return this.queue.size;
  }

  /** Waiting questions by the replicas that could answer them, for the other gateways. */
  waitingFor(replica: Replica): number {
    return this.queue.count((ticket) => replica.serves(ticket.wanted.model));
  }

  /**
   * A turn, or a refusal (429) when the queue is full or the wait too long. Whoever stops listening has left the queue.
   * @throws InferenceFault UNREACHABLE when no replica is left, CANCELLED when the caller has gone
   */
  async *admit(ctx: CallContext, wanted: Wanted): AsyncGenerator<AnswerEvent, Turn | Refusal, void> {
    if (ctx.signal.aborted) throw new InferenceFault('INFERENCE_CANCELLED');
    this.headroom.saw(wanted.tenant);
    if (this.replicas.closed(wanted.model).length === 0) await this.revive(wanted.model);
    const since = this.clock.monotonic();
    const ticket: Ticket = {
      ...{ tenant: wanted.tenant, priority: wanted.priority, cost: wanted.cost },
      ...{ since, goesFirst: wanted.goesFirst, wanted, turn: null, pushedOut: false, wake: () => undefined },
    };
    const { observer } = this.own;
    if (!this.makeRoom(ticket)) return this.refuse(wanted, 'full');
    this.pump();
    let why: 'late' | 'left' | 'full' = 'left';
    let given = false;
    try {
      yield* this.wait(ctx, ticket);
      if (ticket.turn) {
        given = true;
        observer.admitted(wanted.priority, (this.clock.monotonic() - since) / 1_000);
        return ticket.turn;
      }
      why = ticket.pushedOut ? 'full' : 'late';
      return this.refuse(wanted, why);
    } finally {
      if (!given) {
        if (why === 'left') observer.turnedAway(wanted.priority, 'left');
        this.queue.remove(ticket);
        ticket.turn?.release();
      }
    }
  }

  /** Whether there is another replica for a question. */
  canMove({ wanted }: Turn, except: ReadonlySet<Replica>): boolean {
    return this.replicas.closed(wanted.model, except).length > 0;
  }

  /** Moves a question that has no byte yet to another replica; false where there is none. Room is not asked for again. */
  move(turn: Turn, except: ReadonlySet<Replica>): boolean {
    const candidates = this.replicas.closed(turn.wanted.model, except);
    const replica = chooseReplica(candidates, turn.wanted.affinity);
    if (!replica) return false;
    turn.moveTo(replica);
    return true;
  }

  /** Room may have come: gives turns to whoever is next. */
  pump(): void {
    const now = this.clock.monotonic();
    for (;;) {
      const places = new Map<Ticket, Replica>();
      // Whoever wants the same as one for whom there was no room need not be looked at.
      const without = new Set<string>();
      const kept = this.keptReplica(now);
      const ticket = this.queue.take(now, (entry) => {
        const { tenant, model, sequences } = entry.wanted;
        const same = `${tenant} ${sequences} ${model}`;
        if (entry !== kept?.ticket && without.has(same)) return false;
        const replica = this.placeFor(entry, kept);
        if (!replica) without.add(same);
        if (replica) places.set(entry, replica);
        return replica !== null;
      });
      const place = ticket && places.get(ticket);
      if (!ticket || !place) return;
      this.headroom.took(ticket.tenant, ticket.wanted.sequences);
      ticket.turn = new Turn(ticket.wanted, place, this.clock, (turn) => this.released(turn));
      ticket.wake();
    }
  }

  private async *wait(ctx: CallContext, ticket: Ticket): AsyncGenerator<AnswerEvent, void, void> {
    const until = ticket.since + this.limits.patience;
    let last = '';
    while (!ticket.turn && !ticket.pushedOut && this.clock.monotonic() < until) {
      const standing = this.standings.of(ticket);
      const now = standing ? `${standing.position}/${standing.seconds}` : last;
      if (standing && now !== last) yield { kind: 'waiting', ...standing };
      last = now;
      if (!ticket.turn && !ticket.pushedOut)
        await sleepUntilWoken(ticket, ctx.signal, standing ? TELL_MS : NEWCOMERS_MS);
      if (ctx.signal.aborted) throw new InferenceFault('INFERENCE_CANCELLED');
      if (!ticket.turn && this.replicas.closed(ticket.wanted.model).length === 0)
        await this.revive(ticket.wanted.model);
    }
  }

  private async revive(model: string): Promise<void> {
    if (!(await this.replicas.revive(model))) {
      const retryAfter = this.replicas.secondsUntilBack(model);
      throw new InferenceFault('INFERENCE_UNREACHABLE', retryAfter === null ? {} : { retryAfter });
    }
    this.pump();
  }

  /** Puts it into the queue; where that is full, whoever takes most of it gives way. False: that is itself. */
  private makeRoom(ticket: Ticket): boolean {
    this.queue.add(ticket);
    if (this.queue.size <= this.limits.size || this.hasPlace(ticket)) return true;
    const last = this.queue.lastOfLongest(this.clock.monotonic()) ?? ticket;
    this.queue.remove(last);
    if (last === ticket) return false;
    last.pushedOut = true;
    last.wake();
    return true;
  }

  private hasPlace(ticket: Ticket): boolean {
    return this.placeFor(ticket, this.keptReplica(this.clock.monotonic())) !== null;
  }

  /**
   * The replica that takes nobody else until there is room for all answers of whoever is first: places come free one
   * by one, and single questions that keep coming would take each.
   */
  private keptReplica(now: number): Kept | null {
    if (this.queue.count(({ wanted }) => wanted.sequences > 1) === 0) return null;
    const ticket = this.queue.first(now);
    if (!ticket || ticket.wanted.sequences === 1) return null;
    const { model } = ticket.wanted;
    const closed = this.replicas.closed(model).filter((replica) => this.shares.shareOf(replica) > 0);
    const all = closed.reduce((sum, replica) => sum + roomFor(model, replica, this.shares), 0);
    if (!this.headroom.isBelowPart(ticket.tenant, all)) return null;
    const free = (replica: Replica) => roomFor(model, replica, this.shares) - replica.runningOf(model);
    const replica = closed.reduce<Replica | null>(
      (most, next) => (most === null || free(next) > free(most) ? next : most),
      null,
    );
    return replica && { ticket, replica };
  }

  private placeFor(ticket: Ticket, kept: Kept | null): Replica | null {
    const { model, tenant, sequences, affinity } = ticket.wanted;
    const isKept = (replica: Replica) =>
      kept?.replica === replica && kept.ticket !== ticket && sharesPart(kept.ticket, ticket, replica);
    const closed = this.replicas.closed(model);
    let free = 0;
    let all = 0;
    for (const replica of closed) {
      const room = roomFor(model, replica, this.shares);
      all += room;
      if (!isKept(replica)) free += Math.max(0, room - replica.runningOf(model));
    }
    if (!this.headroom.mayTake(tenant, free, all)) return null;
    // A request for more answers than a model takes at once goes when it has the replica to itself.
    const fits = (replica: Replica) =>
      replica.runningOf(model) === 0 ||
      replica.runningOf(model) + sequences <= roomFor(model, replica, this.shares);
    return chooseReplica(
      closed.filter((replica) => !isKept(replica) && this.shares.shareOf(replica) > 0 && fits(replica)),
      affinity,
    );
  }

  private released(turn: Turn): void {
    this.times.note(turn.wanted.model, turn.wanted.work, turn.heldFor);
    this.headroom.released(turn.wanted.tenant, turn.wanted.sequences);
    this.pump();
  }

  private refuse(wanted: Wanted, why: 'full' | 'late'): Refusal {
    this.own.observer.turnedAway(wanted.priority, why);
    return queueRefusal(this.queue.size, this.standings.secondsBehindAll(wanted));
  }
}

/** Whether one's answers take the other's room. */
function sharesPart(one: Ticket, other: Ticket, replica: Replica): boolean {
  return one.wanted.model === other.wanted.model || replica.partOf(one.wanted.model) === 1;
}
