import { QuotaFault } from './quota.errors.js';

/** One transaction: bounds how long the rows of a tenant are locked. */
export const TOGETHER_MAX = 32;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly timer: NodeJS.Timeout;
  isGone: boolean;
  resolve(answer: Answer): void;
  reject(fault: unknown): void;
}

/** The answers to what was asked, in its order. */
export type AskAll<Item, Answer> = (tenantId: string, items: Item[]) => Promise<Answer[]>;

/**
 * While one call of a tenant is under way, what else is asked for it gathers and goes together in the next: they would
 * wait for the same rows anyway, each in a transaction and on a connection of its own. A lane exists only while it has work.
 */
export class Together<Item, Answer> {
  private readonly lanes = new Map<string, Waiting<Item, Answer>[]>();

  constructor(
    private readonly askAll: AskAll<Item, Answer>,
    private readonly timeoutMs: number,
    /** What has not been asked when its asker gives up: left out, or asked all the same. */
    private readonly late: 'dropped' | 'asked',
    /** An answer to somebody who no longer waits. */
    private readonly tooLate: (tenantId: string, answer: Answer) => void = () => undefined,
  ) {}

  /** Rejects with QUOTA_TIMEOUT in time; what was on its way then, or may be late, may still be done. */
  ask(tenantId: string, item: Item): Promise<Answer> {
    const lane = this.laneOf(tenantId);
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.isGone = true;
        const at = this.late === 'dropped' ? lane.indexOf(waiting) : -1;
        if (at >= 0) lane.splice(at, 1);
        reject(new QuotaFault('QUOTA_TIMEOUT'));
      };
      const timer = setTimeout(giveUp, this.timeoutMs);
      const waiting: Waiting<Item, Answer> = { item, timer, isGone: false, resolve, reject };
      lane.push(waiting);
    });
  }

  private laneOf(tenantId: string): Waiting<Item, Answer>[] {
    let lane = this.lanes.get(tenantId);
    if (!lane) {
      lane = [];
      this.lanes.set(tenantId, lane);
      // After the current round of events, so that questions which arrive together share the first call too.
      setImmediate((started: Waiting<Item, Answer>[]) => void this.run(tenantId, started), lane);
    }
    return lane;
  }

  private async run(tenantId: string, lane: Waiting<Item, Answer>[]): Promise<void> {
    while (lane.length > 0) await this.askFor(tenantId, lane.splice(0, TOGETHER_MAX));
    this.lanes.delete(tenantId);
  }

  private async askFor(tenantId: string, few: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.askAll(
        tenantId,
        few.map(({ item }) => item),
      );
      few.forEach((waiting, at) => {
        const answer = answers[at] as Answer;
        if (waiting.isGone) this.tooLate(tenantId, answer);
        else waiting.resolve(answer);
      });
    } catch (fault) {
      for (const { reject } of few) reject(fault);
    } finally {
      for (const { timer } of few) clearTimeout(timer);
    }
  }
}
