import type { Stage } from '../log/log-event.js';
import { withoutPeerToPeer } from '../plan/ladder.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import { chooseRung, PEER_TO_PEER } from './choose-rung.js';
import type { Ending, Rung } from './instance-status.js';

const KEPT_RUNGS = 50;

/** The plans that an instance went down: the first is what was planned, the last is in force. */
export class RungLadder {
  private plans: { plan: InstancePlan; step: string }[];
  private readonly history: Rung[] = [];
  private count = 0;
  private quietSince: number | undefined;
  /** Doubled when a climb was followed by the same trouble. */
  private patience = 1;

  constructor(
    planned: InstancePlan,
    private readonly quietMs: number,
  ) {
    this.plans = [{ plan: planned, step: 'planned' }];
  }

  get plan(): InstancePlan {
    return (this.plans.at(-1) ?? this.bottom).plan;
  }

  get rung(): number {
    return this.plans.length - 1;
  }

  /** All moves down, ever. */
  get taken(): number {
    return this.count;
  }

  get rungs(): readonly Rung[] {
    return this.history;
  }

  /** One rung down where this ending calls for it; the sentence says which. `now` is milliseconds since the epoch. */
  lower(ending: Ending, now: number, stage?: Stage): string | undefined {
    this.quietSince = undefined;
    const move = chooseRung(this.plan, ending, new Set(this.plans.map(({ step }) => step)), stage);
    if (!move) return undefined;
    if (move.step === PEER_TO_PEER) this.partCards();
    else this.plans.push(move);
    this.count += 1;
    this.note(now, move.step, move.text);
    return move.text;
  }

  /**
   * Whether it is time to climb: below the plan, quiet for long enough, and idle, so that the restart costs nobody
   * anything. `at` is a monotonic reading; call it regularly while ready.
   */
  mayClimb(at: number, idle: boolean): boolean {
    if (!this.hasUp) return false;
    this.quietSince ??= at;
    return idle && at - this.quietSince >= this.quietMs * this.patience;
  }

  climb(now: number): void {
    if (!this.hasUp) return;
    this.plans.pop();
    this.quietSince = undefined;
    this.patience = Math.min(16, this.patience * 2);
    this.note(now, 'up', `back to rung ${this.rung}`);
  }

  /** Below all other rungs, so that climbing back never brings peer-to-peer back: a card that computes wrongly stays so. */
  private partCards(): void {
    const parted = this.plans.map(({ plan, step }) => ({ plan: withoutPeerToPeer(plan) ?? plan, step }));
    this.plans = [
      this.bottom,
      { plan: (parted[0] ?? this.bottom).plan, step: PEER_TO_PEER },
      ...parted.slice(1),
    ];
  }

  private get hasUp(): boolean {
    return this.rung > 0 && this.plans.at(-1)?.step !== PEER_TO_PEER;
  }

  private note(at: number, step: string, text: string): void {
    this.history.push({ at, step, text });
    if (this.history.length > KEPT_RUNGS) this.history.shift();
  }

  private get bottom(): { plan: InstancePlan; step: string } {
    const [first] = this.plans;
    if (!first) throw new Error('a ladder has at least its plan');
    return first;
  }
}
