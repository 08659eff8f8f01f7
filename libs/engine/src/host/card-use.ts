import { runProgram, type RunProgram } from '../hardware/run-program.js';
import type { Pace } from '../supervise/pace.js';

const ASK = ['--query-gpu=index,memory.total,memory.used,memory.reserved', '--format=csv,noheader,nounits'];
const TIMEOUT_MS = 10_000;
/** Several instances share one answer; nvidia-smi itself costs tens of milliseconds. */
const KEPT_MS = 4_000;
/** Where there is no nvidia-smi, it is not asked for again for so long. */
const MISSING_MS = 600_000;

/** How full the cards are, as nvidia-smi sees them. */
export class CardUse {
  private kept: { until: number; shares: Promise<ReadonlyMap<number, number> | null> } | undefined;

  constructor(
    private readonly pace: Pace,
    private readonly run: RunProgram = runProgram,
  ) {}

  /** The largest share of these cards' memory that is in use, 0 to 1; null where nobody tells. */
  async share(gpus: readonly number[]): Promise<number | null> {
    const shares = await this.read();
    const known = gpus.map((gpu) => shares?.get(gpu)).filter((share) => share !== undefined);
    return known.length === 0 ? null : Math.max(...known);
  }

  /** Forgets what it knows: the next answer is fresh. */
  refresh(): void {
    this.kept = undefined;
  }

  private read(): Promise<ReadonlyMap<number, number> | null> {
    const now = this.pace.monotonic();
    if (this.kept && now < this.kept.until) return this.kept.shares;
    const kept = { until: now + KEPT_MS, shares: this.ask() };
    this.kept = kept;
    void kept.shares.then((shares) => {
      if (shares === null) kept.until = now + MISSING_MS;
    });
    return kept.shares;
  }

  private async ask(): Promise<ReadonlyMap<number, number> | null> {
    const answer = await this.run('nvidia-smi', ASK, { timeoutMs: TIMEOUT_MS });
    if (answer.outcome === 'missing') return null;
    const rows = answer.outcome === 'ended' && answer.code === 0 ? answer.stdout.split('\n') : [];
    const shares = rows.map((row): [number, number] => {
      const [index, total, used, reserved] = row.split(',').map((cell) => Number.parseInt(cell, 10));
      const whole = (total ?? NaN) - (Number.isNaN(reserved) ? 0 : (reserved ?? 0));
      return [index ?? NaN, (used ?? NaN) / whole];
    });
    return new Map(shares.filter(([index, share]) => Number.isInteger(index) && Number.isFinite(share)));
  }
}
