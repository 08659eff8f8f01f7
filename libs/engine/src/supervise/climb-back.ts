import type { InstancePlan } from '../plan/launch-plan.js';
import type { RungLadder } from './rung-ladder.js';

/** `quiet`: its quiet time runs; `waiting`: it is over, and answers run without a pause. */
export type ClimbState = 'quiet' | 'waiting';

const WAITS =
  'quiet for long enough to climb a rung, and never idle: it waits for a moment without answers, or for lorekeep engine climb';
const TOO_FULL =
  'not climbed: its cards would be fuller than ENGINE_MEMORY_SHARE, and it would come down again';
const PUT_OFF = 'not climbed: answers ran for longer than ENGINE_DRAIN_SECONDS';

/** When a ready instance climbs a rung: its quiet time is over and nobody is asked to wait for it, or somebody wants it. */
export class ClimbBack {
  private asked = false;
  private waits = false;
  private isFull = false;

  constructor(
    private readonly ladder: RungLadder,
    private readonly say: (text: string) => void,
  ) {}

  get state(): ClimbState | null {
    if (!this.ladder.hasUp) return null;
    return this.waits ? 'waiting' : 'quiet';
  }

  /** At the next look, whatever runs. False where there is no rung to climb. */
  ask(): boolean {
    this.asked = this.ladder.hasUp;
    return this.asked;
  }

  /**
   * Call it at each look while ready; `free`: it is idle, or another replica answers meanwhile. `fits`: whether the cards
   * have room for a rung more. `goBeside`: whether somebody starts the higher one beside it, which costs nobody anything.
   */
  wants(at: number, free: boolean, fits: boolean, goBeside: () => boolean): boolean {
    const over = this.ladder.mayClimb(at);
    if (over && !fits && !this.isFull) this.say(TOO_FULL);
    this.isFull = over && !fits;
    const due = over && fits;
    if (due && !this.asked && goBeside()) return false;
    if (this.asked || (due && free)) return true;
    if (due && !this.waits) this.say(WAITS);
    this.waits = due;
    return false;
  }

  putOff(): void {
    this.asked = false;
    this.say(PUT_OFF);
  }

  climb(now: number): void {
    this.asked = this.waits = false;
    this.ladder.climb(now);
    this.say(`one rung up, to rung ${this.ladder.rung}`);
  }
}

/** What vLLM does not count in its share may fill a card: a climb into that would be followed by the way down. */
export const hasRoomOf =
  (from: InstancePlan, cardShare: number | undefined, limit: number) =>
  (to: InstancePlan): boolean =>
    cardShare === undefined || cardShare + to.utilization - from.utilization <= limit;
