import type { Stage } from '../log/log-event.js';
import { withoutPeerToPeer } from '../plan/ladder.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import { chooseRung, PEER_TO_PEER, type Move } from './choose-rung.js';
import type { Ending, InstanceStatus, Rung } from './instance-status.js';

const KEPT_RUNGS = 50;

/**
 * The plans that an instance went down: the first is what was planned, the last is in force. What it did goes on from
 * the ladder `before`, of an instance whose place it takes.
 */
export class RungLadder {
  private plans: { plan: InstancePlan; step: string; text: string }[];
  private readonly history: Rung[];
  private count: number;
  private quietSince: number | undefined;
  /** Doubled with each climb, for it may be followed by the same trouble. */
  private patience: number;

  constructor(
    planned: InstancePlan,
    private readonly quietMs: number,
    before?: RungLadder,
  ) {
    this.history = [...(before?.rungs ?? [])];
    this.count = before?.taken ?? 0;
    this.patience = before?.patience ?? 1;
    this.plans = [{ plan: planned, step: 'planned', text: 'planned' }];
    // Cards that do not reach each other do so for no other weights either.
    const parted = before?.plans.find(({ step }) => step === PEER_TO_PEER);
    if (parted && isOnSameCards(planned, parted.plan) && withoutPeerToPeer(planned))
      this.partCards(parted.text);
  }

  get plan(): InstancePlan {
    return (this.plans.at(-1) ?? this.bottom).plan;
  }

  get planned(): InstancePlan {
    return this.bottom.plan;
  }

  /** What climbing back leads to in the end: peer-to-peer stays off. */
  get goal(): InstancePlan {
    return (this.plans.findLast(({ step }) => step === PEER_TO_PEER) ?? this.bottom).plan;
  }

  get rung(): number {
    return this.plans.length - 1;
  }

  /** What the rungs in force have changed, the first one first. */
  get inForce(): readonly string[] {
    return this.plans.slice(1).map(({ text }) => text);
  }

  /** The part of an instance's status that it tells. */
  get shown(): Pick<InstanceStatus, 'rung' | 'inForce' | 'rungs' | 'rungsTaken'> {
    return { rung: this.rung, inForce: this.inForce, rungs: this.rungs, rungsTaken: this.taken };
  }

  /** All moves down, ever. */
  get taken(): number {
    return this.count;
  }

  get rungs(): readonly Rung[] {
    return this.history;
  }

  /** Whether this ending calls for another plan. */
  hasLower(ending: Ending): boolean {
    return this.moveFor(ending) !== undefined;
  }

  /** One rung down where this ending calls for it; the sentence says which. `now` is milliseconds since the epoch. */
  lower(ending: Ending, now: number, stage?: Stage): string | undefined {
    this.quietSince = undefined;
    const move = this.moveFor(ending, stage);
    if (!move) return undefined;
    if (move.step === PEER_TO_PEER) this.partCards(move.text);
    else this.plans.push(move);
    this.count += 1;
    this.note(now, move.step, move.text);
    return move.text;
  }

  /** The plan one rung up; the one in force where there is none. */
  get above(): InstancePlan {
    return this.hasUp ? (this.plans.at(-2)?.plan ?? this.plan) : this.plan;
  }

  /** Whether it is below the plan and quiet for long enough. `at` is a monotonic reading; call it regularly while ready. */
  mayClimb(at: number): boolean {
    if (!this.hasUp) return false;
    this.quietSince ??= at;
    return at - this.quietSince >= this.quietMs * this.patience;
  }

  /** Its quiet time begins anew, and is longer. */
  waitLonger(): void {
    this.quietSince = undefined;
    this.patience = Math.min(16, this.patience * 2);
  }

  climb(now: number): void {
    if (!this.hasUp) return;
    this.plans.pop();
    this.climbed(now);
  }

  climbed(now: number): void {
    this.waitLonger();
    this.note(now, 'up', `back to rung ${this.rung}`);
  }

  /** Below all other rungs, so that climbing back never brings peer-to-peer back: a card that computes wrongly stays so. */
  private partCards(text: string): void {
    const part = (plan: InstancePlan): InstancePlan => withoutPeerToPeer(plan) ?? plan;
    const others = this.plans.slice(1).map((rung) => ({ ...rung, plan: part(rung.plan) }));
    this.plans = [this.bottom, { plan: part(this.planned), step: PEER_TO_PEER, text }, ...others];
  }

  get hasUp(): boolean {
    return this.rung > 0 && this.plans.at(-1)?.step !== PEER_TO_PEER;
  }

  private moveFor(ending: Ending, stage?: Stage): Move | undefined {
    return chooseRung(this.plan, ending, new Set(this.plans.map(({ step }) => step)), stage);
  }

  private note(at: number, step: string, text: string): void {
    this.history.push({ at, step, text });
    if (this.history.length > KEPT_RUNGS) this.history.shift();
  }

  private get bottom(): { plan: InstancePlan; step: string; text: string } {
    const [first] = this.plans;
    if (!first) throw new Error('a ladder has at least its plan');
    return first;
  }
}

function isOnSameCards(one: InstancePlan, other: InstancePlan): boolean {
  return one.gpus.join() === other.gpus.join();
}
