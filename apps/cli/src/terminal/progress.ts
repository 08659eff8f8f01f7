import { systemClock, type Clock } from '@lorekeep/kit/clock';

/** Progress lines with the time since the command began, on stderr: stdout is for data. */
export class Progress {
  private readonly started: number;

  constructor(
    private readonly write: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
    private readonly clock: Clock = systemClock,
  ) {
    this.started = clock.monotonic();
  }

  /** `[  1.2 s] Starting the database` */
  step(text: string): void {
    const seconds = (this.clock.monotonic() - this.started) / 1000;
    this.write(`[${seconds.toFixed(1).padStart(5)} s] ${text}`);
  }

  /** A line without a time. */
  say(text: string): void {
    this.write(text);
  }
}
